import { describe, expect, test } from 'vitest';
import { type Flow, graphOfFlows, type Parts, placeOf, statesOf, tiesOf } from './dependencyGraph';

const flow = (flowId: string, more: Partial<Flow> = {}): Flow => ({
  id: `n/${flowId}`,
  kind: 'FLOW',
  namespace: 'n',
  flowId,
  direction: 'DOWNSTREAM',
  distance: 1,
  disabled: false,
  state: null,
  states: [],
  executions: [],
  ...more,
});

const PARTS: Parts = {
  nodes: [
    flow('a', { direction: 'SELF', distance: 0 }),
    flow('b', {
      state: 'RUNNING',
      states: [
        { state: 'RUNNING', count: 1 },
        { state: 'SUCCESS', count: 30 },
      ],
      executions: [
        { executionId: 'ex_2', state: 'SUCCESS', startedAt: '2026-01-01T00:00:00Z', endedAt: null },
        { executionId: 'ex_1', state: 'RUNNING', startedAt: '2026-01-01T00:00:05Z', endedAt: null },
      ],
    }),
    flow('gone', { kind: 'MISSING' }),
  ],
  edges: [
    { source: 'n/a', target: 'n/b', kind: 'SUBFLOW', via: 'call', dynamic: false, disabled: false },
    {
      source: 'n/b',
      target: 'n/gone',
      kind: 'FLOW_TRIGGER',
      via: 'after',
      dynamic: false,
      disabled: false,
    },
  ],
  isCut: false,
  streamCursor: 'e1',
};

describe('flows that depend on each other', () => {
  test('become a graph in which what only follows by a trigger is drawn aside', () => {
    const { nodes, edges } = graphOfFlows(PARTS);
    expect(nodes.map(({ label, disabled }) => [label, disabled])).toEqual([
      ['a', false],
      ['b', false],
      ['gone', true],
    ]);
    expect(edges.map(({ aside }) => aside)).toEqual([false, true]);
  });

  test('show the most telling of their executions, and count them all', () => {
    const states = statesOf(PARTS);
    expect([...states.keys()]).toEqual(['n/b']);
    expect(states.get('n/b')).toMatchObject({
      state: 'RUNNING',
      total: 31,
      ended: 30,
      to: null,
      runId: 'ex_1',
    });
  });

  test('say where they lie and what ties them', () => {
    expect(PARTS.nodes.map(placeOf)).toEqual([
      'this flow',
      '1 step downstream',
      '1 step downstream',
    ]);
    expect(tiesOf('n/b', PARTS.edges)).toEqual(['Subflow call', 'Flow trigger after']);
  });
});
