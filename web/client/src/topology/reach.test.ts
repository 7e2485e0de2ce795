import { expect, test } from 'vitest';
import type { RunRecord } from '../live/records';
import { run } from '../live/scripted';
import type { State } from '../states/states';
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
const done = (id: string, state: State = 'SUCCESS') =>
  run(id, { state, history: [{ state, at: 0 }] });
const ways = (...runs: RunRecord[]): string[] =>
  [...travelled(graph, folded(runs, null))].map(
    (at) => `${graph.edges[at]?.source}-${graph.edges[at]?.target}`,
  );

test('nothing is travelled before the first task', () => {
  expect(ways()).toEqual([]);
});

test('the branch that was not taken stays untravelled', () => {
  expect(ways(done('if'), done('then'))).toEqual(['start-if', 'if-then', 'then-end']);
  expect(ways(done('if'), done('then'), run('last'))).toContain('end-last');
});

test('an end is come to only when what leads there has ended', () => {
  expect(ways(done('if'), run('then'))).toEqual(['start-if', 'if-then']);
});

test('the way leads on through a skipped task', () => {
  expect(ways(done('if', 'SKIPPED'), done('then'))).toContain('if-then');
});
