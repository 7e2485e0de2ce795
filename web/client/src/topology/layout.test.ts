import { describe, expect, test } from 'vitest';
import { type Box, overlaps } from '../viewport/viewport';
import type { Graph, GraphCluster, GraphEdge, GraphNode, PlacedGraph } from './graph';
import { layout } from './layout';

/** A small generator with a seed, so that a failing graph can be met again. */
function dice(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const node = (id: string, clusterId: string | null): GraphNode => ({
  id,
  kind: 'task',
  clusterId,
  taskId: id,
  label: id,
  type: 'debug.Return',
  disabled: false,
});
const cluster = (id: string, parentId: string | null): GraphCluster => ({
  id,
  parentId,
  label: id,
  taskId: id,
});
const edge = (source: string, target: string): GraphEdge => ({
  source,
  target,
  label: '',
  aside: false,
});

/** Tasks in nested clusters; edges lead from earlier to later nodes, as in a flow. */
function randomGraph(seed: number, count: number): Graph {
  const roll = dice(seed);
  const clusters: GraphCluster[] = [];
  for (let at = 0; at < Math.floor(count / 8); at += 1)
    clusters.push(cluster(`c${at}`, at > 0 && roll(3) > 0 ? `c${roll(at)}` : null));
  const home = (): string | null =>
    clusters.length > 0 && roll(4) > 0 ? `c${roll(clusters.length)}` : null;
  const nodes = Array.from({ length: count }, (_, at) => node(`n${at}`, home()));
  const edges: GraphEdge[] = [];
  for (let at = 1; at < count; at += 1) {
    edges.push(edge(`n${Math.max(0, at - 1 - roll(4))}`, `n${at}`));
    if (roll(3) === 0) edges.push(edge(`n${roll(at)}`, `n${at}`));
  }
  return { nodes, clusters, edges };
}

const inside = (inner: Box, outer: Box): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width + 0.001 &&
  inner.y + inner.height <= outer.y + outer.height + 0.001;

/** Boxes of one level, by the cluster they stand in. */
function levels(placed: PlacedGraph): Map<string | null, Box[]> {
  const found = new Map<string | null, Box[]>();
  const put = (parent: string | null, box: Box | undefined): void => {
    if (box === undefined) throw new Error('a member has no place');
    found.set(parent, [...(found.get(parent) ?? []), box]);
  };
  for (const each of placed.graph.nodes) put(each.clusterId, placed.nodes.get(each.id));
  for (const each of placed.graph.clusters) put(each.parentId, placed.clusters.get(each.id));
  return found;
}

const SEEDS = Array.from({ length: 25 }, (_, seed) => seed + 1);

const CASES = SEEDS.flatMap((seed) => [
  { seed, course: 'across' as const },
  { seed, course: 'down' as const },
]);

describe.each(CASES)('a random flow that goes $course (seed $seed)', ({ seed, course }) => {
  const placed = layout(randomGraph(seed, 10 + seed * 4), course);

  test('keeps children inside their clusters', () => {
    for (const [parent, boxes] of levels(placed)) {
      const outer = parent === null ? placed.bounds : placed.clusters.get(parent);
      for (const box of boxes) expect(outer !== undefined && inside(box, outer)).toBe(true);
    }
  });

  test('lets no two boxes of a level overlap', () => {
    for (const boxes of levels(placed).values())
      for (const [at, box] of boxes.entries())
        for (const other of boxes.slice(at + 1)) expect(overlaps(box, other)).toBe(false);
  });

  test('gives every edge a way from its source to its target', () => {
    for (const { source, target, points } of placed.edges) {
      const from = placed.nodes.get(source);
      const to = placed.nodes.get(target);
      const [along, length] =
        course === 'down' ? (['y', 'height'] as const) : (['x', 'width'] as const);
      expect(points.at(0)?.[along]).toBeCloseTo((from?.[along] ?? 0) + (from?.[length] ?? 0));
      expect(points.at(-1)?.[along]).toBeCloseTo(to?.[along] ?? Number.NaN);
    }
  });

  test('gives the same places every time', () => {
    expect(layout(randomGraph(seed, 10 + seed * 4), course).nodes).toEqual(placed.nodes);
  });
});

test('a sequence is one straight line from left to right', () => {
  const ids = ['a', 'b', 'c', 'd'];
  const placed = layout({
    nodes: ids.map((id) => node(id, null)),
    clusters: [],
    edges: [edge('a', 'b'), edge('b', 'c'), edge('c', 'd')],
  });
  const boxes = ids.map((id) => placed.nodes.get(id));
  expect(new Set(boxes.map((box) => box?.y)).size).toBe(1);
  const lefts = boxes.map((box) => box?.x ?? 0);
  expect(lefts).toEqual([...lefts].sort((a, b) => a - b));
  expect(placed.edges.every(({ points }) => points.length === 2)).toBe(true);
});

test('cards keep their size and a cluster its name at the top, whichever way it goes', () => {
  const graph = { nodes: [node('a', 'c')], clusters: [cluster('c', null)], edges: [] };
  for (const course of ['across', 'down'] as const) {
    const placed = layout(graph, course);
    const [card, around] = [placed.nodes.get('a'), placed.clusters.get('c')];
    expect(card).toMatchObject({ width: 180, height: 44 });
    expect((card?.y ?? 0) - (around?.y ?? 0)).toBe(30);
    expect((card?.x ?? 0) - (around?.x ?? 0)).toBe(16);
  }
});

test('a task added at the end moves none of the others across', () => {
  const graph = randomGraph(7, 30);
  const before = layout({
    ...graph,
    clusters: [],
    nodes: graph.nodes.map((each) => ({ ...each, clusterId: null })),
  });
  const more = {
    clusters: [],
    nodes: [...graph.nodes.map((each) => ({ ...each, clusterId: null })), node('last', null)],
    edges: [...graph.edges, edge('n29', 'last')],
  };
  const after = layout(more);
  const kept = graph.nodes.filter(
    (each) => before.nodes.get(each.id)?.x === after.nodes.get(each.id)?.x,
  );
  expect(kept.length).toBe(30);
});

test('a circle, a loose task and an edge to nowhere do no harm', () => {
  const placed = layout({
    nodes: [node('a', null), node('b', null), node('loose', 'unknown')],
    clusters: [cluster('empty', null)],
    edges: [edge('a', 'b'), edge('b', 'a'), edge('a', 'missing'), edge('a', 'a')],
  });
  expect(placed.nodes.size).toBe(3);
  expect(placed.clusters.get('empty')?.width).toBeGreaterThan(0);
  expect(layout({ nodes: [], clusters: [], edges: [] }).bounds).toMatchObject({
    width: 0,
    height: 0,
  });
});

/** A large flow: groups of ten tasks in two levels, each group after one or two before it. */
function largeFlow(count: number): Graph {
  const roll = dice(11);
  const clusters: GraphCluster[] = [];
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  for (let at = 0; at < count; at += 1) {
    const group = Math.floor(at / 10);
    if (at % 100 === 0) clusters.push(cluster(`outer${at / 100}`, null));
    if (at % 10 === 0) clusters.push(cluster(`group${group}`, `outer${Math.floor(at / 100)}`));
    nodes.push(node(`n${at}`, `group${group}`));
    if (at > 0) edges.push(edge(`n${Math.max(0, at - 1 - roll(3))}`, `n${at}`));
    if (at % 3 === 0 && at > 30) edges.push(edge(`n${at - 1 - roll(30)}`, `n${at}`));
  }
  return { nodes, clusters, edges };
}

test('5,000 nested nodes are laid out within 300 ms', () => {
  const graph = largeFlow(5000);
  layout(largeFlow(1000));
  const costs = Array.from({ length: 8 }, () => {
    const begun = performance.now();
    layout(graph);
    return performance.now() - begun;
  });
  expect(Math.min(...costs)).toBeLessThan(300);
});

test('a graph of thousands of edges that lead far is still laid out', () => {
  const graph = randomGraph(3, 3000);
  expect(layout(graph).nodes.size).toBe(3000);
});
