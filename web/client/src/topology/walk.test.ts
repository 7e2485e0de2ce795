import { expect, test } from 'vitest';
import type { GraphNode, NodeKind } from './graph';
import { layout } from './layout';
import { next } from './walk';

const node = (id: string, kind: NodeKind = 'task'): GraphNode => ({
  id,
  kind,
  clusterId: null,
  taskId: id,
  label: id,
  type: '',
  disabled: false,
});
const flow = {
  nodes: [node('a'), node('dot', 'start'), node('b'), node('c')],
  clusters: [],
  edges: [
    { source: 'a', target: 'dot', label: '', aside: false },
    { source: 'dot', target: 'b', label: '', aside: false },
    { source: 'dot', target: 'c', label: '', aside: false },
  ],
};
const placed = layout(flow);

test('right and left follow the edges, through dots', () => {
  expect(['b', 'c']).toContain(next(placed, 'a', 'ArrowRight'));
  expect(next(placed, 'c', 'ArrowLeft')).toBe('a');
  expect(next(placed, 'a', 'ArrowLeft')).toBeNull();
});

test('up and down go to the neighbours of the same rank', () => {
  const [above, below] =
    (placed.nodes.get('b')?.y ?? 0) < (placed.nodes.get('c')?.y ?? 0) ? ['b', 'c'] : ['c', 'b'];
  expect(next(placed, above ?? '', 'ArrowDown')).toBe(below);
  expect(next(placed, below ?? '', 'ArrowUp')).toBe(above);
});

test('in a graph that goes down, down and up follow the edges and right and left the rank', () => {
  const down = layout(flow, 'down');
  const place = (id: string) => down.nodes.get(id)?.x ?? 0;
  const [left, right] = place('b') < place('c') ? ['b', 'c'] : ['c', 'b'];
  expect([left, right]).toContain(next(down, 'a', 'ArrowDown'));
  expect(next(down, left, 'ArrowUp')).toBe('a');
  expect(next(down, left, 'ArrowRight')).toBe(right);
  expect(next(down, right, 'ArrowLeft')).toBe(left);
});

test('nowhere leads nowhere', () => {
  expect(next(placed, 'unknown', 'ArrowRight')).toBeNull();
});
