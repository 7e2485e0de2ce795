import { expect, test } from 'vitest';
import { run } from '../live/scripted';
import { folded } from './fold';
import type { Graph, GraphNode, NodeKind } from './graph';
import { travelled } from './reach';

const node = (id: string, kind: NodeKind = 'task'): GraphNode => ({
  id,
  kind,
  clusterId: null,
  taskId: kind === 'task' ? id : null,
  label: id,
  type: '',
  disabled: false,
});
const graph: Graph = {
  nodes: [
    node('start', 'start'),
    node('if'),
    node('then'),
    node('else'),
    node('end', 'end'),
    node('last'),
  ],
  clusters: [],
  edges: [
    ['start', 'if'],
    ['if', 'then'],
    ['if', 'else'],
    ['then', 'end'],
    ['else', 'end'],
    ['end', 'last'],
  ].map(([source = '', target = '']) => ({ source, target, label: '', aside: false })),
};
const ways = (...taskIds: string[]): string[] => {
  const states = folded(
    taskIds.map((id) => run(id)),
    null,
  );
  return [...travelled(graph, states)].map(
    (at) => `${graph.edges[at]?.source}-${graph.edges[at]?.target}`,
  );
};

test('nothing is travelled before the first task', () => {
  expect(ways()).toEqual([]);
});

test('the branch that was not taken stays untravelled', () => {
  expect(ways('if', 'then')).toEqual(['start-if', 'if-then', 'then-end']);
  expect(ways('if', 'then', 'last')).toContain('end-last');
});

test('a skipped task leads nowhere', () => {
  const skipped = run('if', { state: 'SKIPPED', history: [{ state: 'SKIPPED', at: 0 }] });
  expect(travelled(graph, folded([skipped], null)).size).toBe(0);
});
