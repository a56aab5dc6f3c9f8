import { createHash } from 'node:crypto';
import { SECOND } from '../../../model/instant.ts';
import type { Instant, PracticeSquad, WorldState } from '../../world/state.ts';

export interface Message {
  /** Seconds since 1970 with six digits behind the point: its id within the channel. */
  readonly ts: string;
  readonly text: string;
  readonly bot_id: string;
  readonly thread_ts?: string;
  readonly metadata?: { readonly event_type: string; readonly event_payload: object };
}

export interface Channel {
  readonly id: string;
  /** Without the `#`. */
  readonly name: string;
  /** As of now, oldest first, replies in their threads among them. */
  readonly messages: readonly Message[];
}

const DEPLOYS_BOT = 'B0DEPLOYS0';
export const ONCALL_BOT = 'B0ONCALL00';

/** A channel for each squad, in which the pipeline tells of every production deploy that has ended. */
export class Workspace {
  readonly channels: readonly Channel[];
  readonly #posted = new Map<string, Message[]>();
  #lastTs = 0;

  constructor(state: WorldState) {
    this.channels = state.squads.map((squad) => {
      const id = idOf(squad);
      const posted: Message[] = [];
      this.#posted.set(id, posted);
      return {
        id,
        name: squad.slackChannel.replace(/^#/, ''),
        get messages() {
          return [...deploysOf(state, squad), ...posted].sort((one, other) => (one.ts < other.ts ? -1 : 1));
        },
      };
    });
  }

  /** By id, or by name with or without its `#`. */
  find(channel: string): Channel | null {
    const name = channel.replace(/^#/, '');
    return this.channels.find((one) => one.id === channel || one.name === name) ?? null;
  }

  post(channel: Channel, now: Instant, message: Omit<Message, 'ts' | 'bot_id'>): Message {
    this.#lastTs = Math.max(this.#lastTs + 1, now * SECOND);
    const posted = { ts: asTs(this.#lastTs), bot_id: ONCALL_BOT, ...message };
    this.#posted.get(channel.id)?.push(posted);
    return posted;
  }
}

function deploysOf(state: WorldState, squad: PracticeSquad): Message[] {
  const services = new Set(state.services.filter((one) => one.squad === squad.id).map(({ name }) => name));
  return state.deploys
    .filter(
      (deploy) => services.has(deploy.service) && deploy.environment === 'prod' && deploy.finishedAt !== null,
    )
    .sort((one, other) => (one.finishedAt ?? 0) - (other.finishedAt ?? 0))
    .map(({ service, version, who, status, finishedAt }, index) => ({
      ts: asTs((finishedAt ?? 0) * SECOND + (index % SECOND)),
      text: `${service} ${version} ${status === 'succeeded' ? 'deployed' : `deploy ${status}`} to prod by ${who}`,
      bot_id: DEPLOYS_BOT,
    }));
}

/** @param microseconds since 1970 */
function asTs(microseconds: number): string {
  const digits = String(microseconds);
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
}

function idOf({ id }: PracticeSquad): string {
  return `C${createHash('sha256').update(id).digest('hex').slice(0, 10).toUpperCase()}`;
}
