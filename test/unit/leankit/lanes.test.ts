import { expect, test } from 'vitest';
import { deployLane } from '../../../src/systems/leankit/lanes.ts';
import { boardAnswer } from '../../../src/systems/leankit/wire.ts';

const lane = (id: string, name: string, parentLaneId: string | null, laneClassType = 'active') => ({
  id,
  name,
  parentLaneId,
  laneClassType,
});

test('the lane with all inside it, in whatever order they come; what is archived is left out', () => {
  const board = boardAnswer.parse({
    id: '1',
    title: 'Board',
    lanes: [
      lane('4', 'EU', '3'),
      lane('3', 'Waiting', '2'),
      lane('1', 'Done', null),
      lane('2', 'deploy ', null),
      lane('5', 'Deploy', '6', 'archive'),
      lane('6', 'Archive', null, 'archive'),
      lane('7', 'Deploy', '1', 'novel'),
    ],
  });
  const { ids } = deployLane(board, 'Deploy');
  expect([...ids].sort()).toEqual(['2', '3', '4', '7']);
});
