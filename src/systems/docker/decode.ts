import * as z from 'zod';
import { Failure } from '../../model/failure.ts';
import type { Container } from '../../model/fleet.ts';
import { safeText } from '../../model/safe-text.ts';
import type { EngineAbout } from './way.ts';

/** One container as `GET /containers/{id}/json` and `docker inspect` print it: https://docs.docker.com/reference/api/engine/ */
const inspected = z.object({
  Id: z.string(),
  Name: z.string(),
  /** The image's id, which is not its digest in a registry. */
  Image: z.string().default(''),
  RestartCount: z.number().default(0),
  Config: z.object({ Image: z.string().default('') }).default({ Image: '' }),
  State: z.object({
    Status: z.string(),
    ExitCode: z.number().nullish(),
    OOMKilled: z.boolean().nullish(),
    StartedAt: z.string().nullish(),
    Health: z.object({ Status: z.string() }).nullish(),
  }),
});

const image = z.object({ Id: z.string(), RepoDigests: z.array(z.string()).nullish() });

const about = z.object({
  Name: z.string().default(''),
  ServerVersion: z.string().default(''),
  /** RFC 3339 with nanoseconds. */
  SystemTime: z.string().nullish(),
});

export type InspectedContainer = z.infer<typeof inspected>;
export type InspectedImage = z.infer<typeof image>;

/** Ids end in a path, or in a command that a remote shell reads. */
export function isId(id: unknown): id is string {
  return typeof id === 'string' && /^(sha256:)?[0-9a-f]{12,64}$/.test(id);
}

export function parseContainer(raw: unknown): InspectedContainer {
  return checked(inspected.safeParse(raw));
}

export function parseImage(raw: unknown): InspectedImage {
  return checked(image.safeParse(raw));
}

/** `GET /info` and `docker info`: https://docs.docker.com/reference/api/engine/ (System) */
export function parseAbout(raw: unknown): EngineAbout {
  const { Name, ServerVersion, SystemTime } = checked(about.safeParse(raw));
  const now = Date.parse(SystemTime ?? '');
  return { host: safeText(Name), version: safeText(ServerVersion), now: Number.isNaN(now) ? null : now };
}

/** @param repoDigests of the container's image, such as `registry/name@sha256:…`; null: not known */
export function containerOf(raw: InspectedContainer, repoDigests: readonly string[] | null): Container {
  const { State: state } = raw;
  const ended = ['exited', 'dead', 'restarting', 'removing'].includes(state.Status);
  const health = state.Health?.Status ?? 'none';
  const startedAt = Date.parse(state.StartedAt ?? '');
  const digest = digestOf(raw.Config.Image, repoDigests ?? []);
  return {
    id: safeText(raw.Id),
    name: safeText(raw.Name.replace(/^\//, '')),
    image: safeText(raw.Config.Image),
    imageDigest: digest === null ? null : safeText(digest),
    state: safeText(state.Status),
    health: health === 'none' || health === '' ? null : safeText(health),
    restarts: raw.RestartCount,
    exitCode: ended ? (state.ExitCode ?? null) : null,
    outOfMemory: state.OOMKilled === true,
    // Docker prints the year 1 for "never".
    startedAt: startedAt > 0 ? startedAt : null,
  };
}

/** The digest under which the image was pulled from the container's own repository, as the registry knows it. */
export function digestOf(reference: string, repoDigests: readonly string[]): string | null {
  const pinned = /@(sha256:[0-9a-f]{64})$/.exec(reference)?.[1];
  if (pinned !== undefined) return pinned;
  const repository = reference.replace(/:[^:/]+$/, '');
  const own = repoDigests.find((digest) => digest.startsWith(`${repository}@`)) ?? sole(repoDigests);
  return own === undefined ? null : own.slice(own.indexOf('@') + 1);
}

function sole(digests: readonly string[]): string | undefined {
  return digests.length === 1 ? digests[0] : undefined;
}

function checked<T>(result: z.ZodSafeParseResult<T>): T {
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? '' : ` (${issue.path.join('.')})`;
  throw new Failure('docker', 'unreadable', `The answer is not what Docker sends${where}.`);
}
