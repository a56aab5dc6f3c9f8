import type { IncomingHttpHeaders } from 'node:http';
import type { World } from '../../world/world.ts';
import { PRACTICE_KEYS, type PracticeKey } from './credentials.ts';

/** Who asks. */
export interface Caller {
  readonly arn: string;
  readonly userId: string;
  /** IAM user or role session: what a human would call the caller. */
  readonly name: string;
  readonly allows: PracticeKey['allows'];
  /** Adds temporary credentials that this caller took on; lives as long as the server. */
  readonly openSession: (session: Session) => void;
}

export interface Session {
  readonly accessKeyId: string;
  readonly sessionToken: string;
  readonly arn: string;
  readonly userId: string;
  readonly name: string;
  readonly expiresAt: number;
}

export type AuthFailure = 'missing' | 'unknown' | 'expired';

export type Authentication =
  | { readonly ok: true; readonly caller: Caller }
  | { readonly ok: false; readonly failure: AuthFailure };

/**
 * Looks at the access key of a SigV4 header. The signature itself is not recomputed: the practice world checks
 * who you say you are, not whether your SDK can sign.
 */
export function authenticator(): (headers: IncomingHttpHeaders, world: World) => Authentication {
  const sessions = new Map<string, Session>();
  const openSession = (session: Session) => void sessions.set(session.accessKeyId, session);

  return (headers, world) => {
    const keyId = accessKeyIn(headers.authorization);
    if (keyId === null) return { ok: false, failure: 'missing' };
    const session = sessions.get(keyId);
    if (session !== undefined) {
      if (headers['x-amz-security-token'] !== session.sessionToken) return { ok: false, failure: 'unknown' };
      if (session.expiresAt <= world.now()) return { ok: false, failure: 'expired' };
      return { ok: true, caller: { ...session, allows: 'all', openSession } };
    }
    const key = PRACTICE_KEYS.find(({ accessKeyId }) => accessKeyId === keyId);
    if (key === undefined) return { ok: false, failure: 'unknown' };
    if (key.allows === 'expired') return { ok: false, failure: 'expired' };
    const caller: Caller = {
      arn: `arn:aws:iam::${world.state.account}:user/${key.user}`,
      userId: `AIDA${key.accessKeyId.slice(4)}`,
      name: key.user,
      allows: key.allows,
      openSession,
    };
    return { ok: true, caller };
  };
}

function accessKeyIn(authorization: string | undefined): string | null {
  const signed =
    /^AWS4-HMAC-SHA256 Credential=([A-Z0-9]+)\/\d{8}\/[a-z0-9-]+\/[a-z0-9-]+\/aws4_request, ?SignedHeaders=[^,]+, ?Signature=[0-9a-f]{64}$/;
  return signed.exec(authorization ?? '')?.[1] ?? null;
}
