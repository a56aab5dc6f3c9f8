import { createHash } from 'node:crypto';
import type { PracticeAnswer, PracticeRequest } from '../server.ts';

/** Every answer bears a tag of what is in it; who has the same already gets 304 without a body. */
export function unlessSame({ headers }: PracticeRequest, answer: PracticeAnswer): PracticeAnswer {
  if (answer.status !== 200) return answer;
  const tag = `W/"${createHash('sha256').update(String(answer.body)).digest('hex')}"`;
  if (headers['if-none-match'] === tag) return { status: 304, headers: { ETag: tag } };
  return { ...answer, headers: { ...answer.headers, ETag: tag } };
}
