import { rfc3339 } from '../../../model/instant.ts';
import type { Instant, PracticePerson } from '../../world/state.ts';
import type { PracticeCard } from './cards.ts';
import { LANES } from './lanes.ts';

export const BOARD = { id: '10113986361', title: 'Harbour payments' };

export interface PracticeComment {
  readonly id: string;
  readonly text: string;
  readonly at: Instant;
  readonly by: PracticePerson | null;
}

export function showCard({ id, header, title, lane, who, movedAt }: PracticeCard): object {
  const { id: laneId, name, classType, type } = LANES[lane];
  return {
    id,
    title,
    version: '1',
    board: { id: BOARD.id, title: BOARD.title, isArchived: false },
    lane: { id: laneId, title: name, laneClassType: classType, laneType: type, taskBoard: null },
    customId: { value: header, prefix: null, url: null },
    assignedUsers: who === null ? [] : [showUser(who)],
    movedOn: rfc3339(movedAt),
    updatedOn: rfc3339(movedAt),
    priority: 'normal',
    size: 0,
    tags: [],
    externalLinks: [],
  };
}

export function showComment({ id, text, at, by }: PracticeComment): object {
  return { id, createdOn: rfc3339(at), createdBy: by === null ? null : showUser(by), text };
}

export function showUser({ id, name, email }: PracticePerson): object {
  return { id, fullName: name, emailAddress: email, avatar: null };
}
