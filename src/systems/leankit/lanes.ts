import { Failure } from '../../model/failure.ts';
import type { SafeText } from '../../model/safe-text.ts';
import { SYSTEM } from './failure.ts';
import type { BoardAnswer, Lane } from './wire.ts';

export interface DeployLane {
  readonly name: SafeText;
  /** Its own and those of all lanes inside it: cards stand in the innermost ones. */
  readonly ids: readonly string[];
}

/** The lane of that name, whatever its capitals; several of one name count as one. What is archived went out long ago. */
export function deployLane({ title, lanes }: BoardAnswer, name: string): DeployLane {
  const shown = lanes.filter(({ laneClassType }) => laneClassType !== 'archive');
  const roots = shown.filter((lane) => isCalled(lane, name));
  const [first] = roots;
  if (first === undefined) {
    const outer = shown.filter(({ parentLaneId }) => parentLaneId === null || parentLaneId === undefined);
    const there = outer.map((lane) => lane.name).join(', ');
    throw new Failure(
      SYSTEM,
      'not_found',
      `The board ${title} has no lane ${name}: name one in systems.leankit.lane (${there}).`,
    );
  }
  const ids = new Set(roots.map(({ id }) => id));
  // Parents may come after their children.
  for (let before = -1; before < ids.size; ) {
    before = ids.size;
    for (const { id, parentLaneId } of shown) {
      if (typeof parentLaneId === 'string' && ids.has(parentLaneId)) ids.add(id);
    }
  }
  return { name: first.name, ids: [...ids] };
}

function isCalled(lane: Lane, name: string): boolean {
  return lane.name.trim().toLowerCase() === name.trim().toLowerCase();
}
