/** The lanes of the tribe's board, outer ones and those inside them; only the innermost hold cards. */
export const LANES = {
  backlog: { id: '5101', name: 'Backlog', parent: null, classType: 'backlog', type: 'ready' },
  doing: { id: '5102', name: 'Doing', parent: null, classType: 'active', type: 'inProcess' },
  build: { id: '5103', name: 'Build', parent: '5102', classType: 'active', type: 'inProcess' },
  test: { id: '5104', name: 'Test', parent: '5102', classType: 'active', type: 'inProcess' },
  review: { id: '5105', name: 'Review', parent: null, classType: 'active', type: 'inProcess' },
  // Told before the lane that it is in.
  waiting: { id: '5107', name: 'Waiting', parent: '5106', classType: 'active', type: 'ready' },
  deploy: { id: '5106', name: 'Deploy', parent: null, classType: 'active', type: 'inProcess' },
  goingOut: { id: '5108', name: 'Going out', parent: '5106', classType: 'active', type: 'inProcess' },
  done: { id: '5109', name: 'Done', parent: null, classType: 'active', type: 'completed' },
  archive: { id: '5110', name: 'Archive', parent: null, classType: 'archive', type: 'completed' },
} as const;

export type LaneName = keyof typeof LANES;

/** As `GET board/{id}` tells it. */
export function showLane(
  { id, name, parent, classType, type }: (typeof LANES)[LaneName],
  index: number,
): object {
  return {
    id,
    name,
    description: null,
    active: true,
    index,
    parentLaneId: parent,
    orientation: 'vertical',
    laneClassType: classType,
    laneType: type,
  };
}
