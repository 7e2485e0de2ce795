import { expect, test } from 'vitest';
import { recordOf, recordsOf, type TimelineColumns } from './timeline';

const columns: TimelineColumns = {
  origin: '2026-01-01T00:00:00Z',
  taskRunIds: ['tr_loop', 'tr_turn'],
  ordinals: [4, 7],
  parentOrdinals: [null, 4],
  taskIds: ['turn', 'loop'],
  tasks: [1, 0],
  values: [null, 'x'],
  iterations: [null, 0],
  segmentCounts: [2, 3],
  segmentStates: ['CREATED', 'RUNNING', 'CREATED', 'RUNNING', 'SUCCESS'],
  segmentOffsets: [0, 1.5, 2, 3, 4.25],
};
const origin = Date.UTC(2026, 0, 1);

test('columns become records with their parents, values and histories', () => {
  const [loop, turn] = recordsOf(columns, new Map([['tr_turn', 'broken pipe']]));
  expect(loop).toMatchObject({ taskId: 'loop', parentId: null, state: 'RUNNING', problem: null });
  expect(turn).toMatchObject({ taskId: 'turn', parentId: 'tr_loop', value: 'x', state: 'SUCCESS' });
  expect(turn?.history.map((moment) => moment.at - origin)).toEqual([2, 3, 4.25]);
  expect(turn?.problem).toBe('broken pipe');
});

test('a task run of the stream reads the same as one of the snapshot', () => {
  const [, turn] = recordsOf(columns);
  const streamed = recordOf({
    id: 'tr_turn',
    taskId: 'turn',
    parentId: 'tr_loop',
    value: 'x',
    iteration: 0,
    state: 'SUCCESS',
    stateHistory: [
      { state: 'CREATED', at: '2026-01-01T00:00:00.002Z' },
      { state: 'RUNNING', at: '2026-01-01T00:00:00.003Z' },
      { state: 'SUCCESS', at: '2026-01-01T00:00:00.00425Z' },
    ],
    attempts: [{ message: null }],
  });
  expect(streamed).toEqual(turn);
});
