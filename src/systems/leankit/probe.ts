import { Failure } from '../../model/failure.ts';
import type { Probe, Trouble } from '../../model/ports/probe.ts';
import { settingsOf } from '../http/settings.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { LeankitClient } from './client.ts';
import { SYSTEM } from './failure.ts';
import { deployLane } from './lanes.ts';
import { meAnswer } from './wire.ts';

/** Whose token it is, and whether they see the board and its Deploy lane. */
export function openProbe(deps: AdapterDeps): Probe {
  const settings = settingsOf(deps, SYSTEM);
  const client = new LeankitClient(deps);

  async function troubleWithBoard(signal?: AbortSignal): Promise<Trouble | null> {
    try {
      deployLane(await client.board(signal), settings.lane);
      return null;
    } catch (thrown) {
      if (!(thrown instanceof Failure)) throw thrown;
      const { code, message, details } = thrown;
      if (code === 'forbidden' || (code === 'not_found' && details.status === 404))
        return { text: message, fix: 'correct systems.leankit.board, or invite the token’s user to it' };
      if (code === 'not_found') return { text: message, fix: 'correct systems.leankit.lane' };
      throw thrown;
    }
  }

  return {
    system: SYSTEM,
    async check(signal) {
      const me = await client.get('a user', meAnswer, '/user/me', signal);
      return {
        identity: me.emailAddress ?? me.fullName ?? null,
        missing: [],
        now: null,
        budget: null,
        trouble: await troubleWithBoard(signal),
      };
    },
    cure: ({ code }) =>
      code === 'unauthorized'
        ? 'make a token in Leankit (your profile, My API Tokens) and put it where systems.leankit.token says'
        : null,
  };
}
