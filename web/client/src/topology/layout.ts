/**
 * The nested layered layout: by rank, left to right or from top to bottom. Each cluster is laid out by itself from the innermost
 * outwards and then stands as one vertex in the level around it; an edge between two clusters counts in the
 * innermost cluster that holds both its ends. The same graph always gets the same places, whatever its states.
 */
import type { Box, Size } from '../viewport/viewport';
import { centres } from './coordinates';
import { CARD, DOT, type Frame, frameOf, turned, turnedBox } from './frame';
import type { Course, Graph, GraphCluster, GraphNode, PlacedGraph, Point } from './graph';
import { ordered } from './ordering';
import { type Layered, layered } from './ranks';
import { routed } from './routes';

/** Between a dot and what is next to it, in shares of the gap between two ranks. */
const NEAR_A_DOT = 0.5;
const ROW_GAP = 24;
const DUMMY_ROOM = 6;
const DUMMY = { width: 0, height: DUMMY_ROOM, port: DUMMY_ROOM / 2 };

/** One level: the members of a cluster, or of the whole, with the places they have within it. */
interface Level {
  readonly size: Size;
  /** How far below its top its first member stands: where the edges of the cluster go through. */
  readonly port: number;
  readonly places: ReadonlyMap<string, Point>;
  /** For each edge of this level, by its index in the graph, the points of its dummies. */
  readonly bends: ReadonlyMap<number, readonly Point[]>;
}

type Member = GraphNode | GraphCluster;

/** Everything is reckoned as if ranks went from left to right, and turned at the end when they go down. */
export function layout(graph: Graph, course: Course = 'across'): PlacedGraph {
  const frame = frameOf(course);
  const tree = new Nesting(graph);
  const levels = new Map<string | null, Level>();
  const sizes = new Map<string, Extent>();
  for (const node of graph.nodes) sizes.set(node.id, inTheMiddle(frame.sizeOf(node)));
  for (const id of tree.innermostFirst()) {
    const level = laid(tree.members(id), tree.links(id), sizes, frame);
    levels.set(id, level);
    if (id !== null) sizes.set(id, padded(level, frame));
  }
  return placed(graph, tree, levels, sizes, frame);
}

/** A size, and how far below its top its edges come and go. */
interface Extent extends Size {
  readonly port: number;
}

const inTheMiddle = (size: Size): Extent => ({ ...size, port: size.height / 2 });

const padded = ({ size, port }: Level, { before, after, least }: Frame): Extent => ({
  width: Math.max(size.width, least.width) + before.x + after.x,
  height: Math.max(size.height, least.height) + before.y + after.y,
  port: port + before.y,
});

/** Who stands in what, and which edges belong to which level. */
class Nesting {
  readonly #parent = new Map<string, string | null>();
  readonly #members = new Map<string | null, Member[]>([[null, []]]);
  readonly #links = new Map<string | null, { edge: number; source: string; target: string }[]>();
  readonly #clusters: readonly GraphCluster[];

  constructor(graph: Graph) {
    this.#clusters = graph.clusters;
    for (const cluster of graph.clusters) this.#members.set(cluster.id, []);
    for (const cluster of graph.clusters) this.#put(cluster, cluster.parentId);
    for (const node of graph.nodes) this.#put(node, node.clusterId);
    for (const [edge, { source, target }] of graph.edges.entries())
      this.#lift(edge, source, target);
  }

  members(id: string | null): readonly Member[] {
    return this.#members.get(id) ?? [];
  }

  links(id: string | null): readonly { edge: number; source: string; target: string }[] {
    return this.#links.get(id) ?? [];
  }

  /** Clusters after all they hold; the whole, null, last. */
  innermostFirst(): (string | null)[] {
    const depth = (id: string): number => this.#ancestors(id).length;
    const byDepth = this.#clusters.map((cluster) => ({ id: cluster.id, depth: depth(cluster.id) }));
    byDepth.sort((a, b) => b.depth - a.depth);
    return [...byDepth.map(({ id }) => id), null];
  }

  #put(member: Member, parent: string | null): void {
    const home = parent !== null && this.#members.has(parent) ? parent : null;
    this.#parent.set(member.id, home);
    this.#members.get(home)?.push(member);
  }

  /** From the vertex itself outwards, ending before null. */
  #ancestors(id: string): string[] {
    const chain: string[] = [];
    for (
      let at: string | null | undefined = id;
      at !== null && at !== undefined;
      at = this.#parent.get(at)
    )
      chain.push(at);
    return chain;
  }

  #lift(edge: number, source: string, target: string): void {
    if (!this.#parent.has(source) || !this.#parent.has(target)) return;
    const from = this.#ancestors(source);
    const to = this.#ancestors(target);
    while (from.length > 1 && to.length > 1 && from.at(-1) === to.at(-1)) {
      from.pop();
      to.pop();
    }
    const [a, b] = [from.at(-1), to.at(-1)];
    if (a === undefined || b === undefined || a === b) return;
    const level = this.#parent.get(a) ?? null;
    const links = this.#links.get(level) ?? [];
    links.push({ edge, source: a, target: b });
    this.#links.set(level, links);
  }
}

function laid(
  members: readonly Member[],
  links: readonly { edge: number; source: string; target: string }[],
  sizes: ReadonlyMap<string, Extent>,
  frame: Frame,
): Level {
  const index = new Map(members.map((member, at) => [member.id, at]));
  const size = (vertex: number): Extent => sizes.get(members[vertex]?.id ?? '') ?? DUMMY;
  const given = links.map(({ source, target }) => ({
    source: index.get(source) ?? 0,
    target: index.get(target) ?? 0,
  }));
  const graph = layered(members.length, given);
  const layers = ordered(graph);
  const across = centres(
    layers,
    graph,
    (vertex) => ({
      above: size(vertex).port,
      below: size(vertex).height - size(vertex).port,
    }),
    (a, b) => (a < members.length || b < members.length ? ROW_GAP : DUMMY_ROOM),
  );
  return positioned(members, links, graph, { layers, across, size, frame });
}

/** The layers in order, with the place of each vertex across them. */
interface Settled {
  readonly layers: readonly number[][];
  readonly across: Float64Array;
  readonly size: (vertex: number) => Extent;
  readonly frame: Frame;
}

function positioned(
  members: readonly Member[],
  links: readonly { edge: number }[],
  graph: Layered,
  { layers, across, size, frame }: Settled,
): Level {
  const columns: { x: number; width: number }[] = [];
  let x = 0;
  for (const layer of layers) {
    const before = columns.at(-1)?.width ?? 0;
    const width = layer.reduce((most, vertex) => Math.max(most, size(vertex).width), 0);
    if (columns.length > 0)
      x += frame.rankGap * (Math.min(before, width) > DOT.width ? 1 : NEAR_A_DOT);
    columns.push({ x, width });
    x += width;
  }
  let top = 0;
  let bottom = 0;
  for (const vertex of layers.flat()) {
    top = Math.min(top, (across[vertex] ?? 0) - size(vertex).port);
    const below = size(vertex).height - size(vertex).port;
    bottom = Math.max(bottom, (across[vertex] ?? 0) + below);
  }
  const places = new Map<string, Point>();
  for (const [vertex, member] of members.entries()) {
    const column = columns[graph.rank[vertex] ?? 0] ?? { x: 0, width: 0 };
    const { width, port } = size(vertex);
    places.set(member.id, {
      x: column.x + (column.width - width) / 2,
      y: (across[vertex] ?? 0) - top - port,
    });
  }
  const bends = new Map<number, readonly Point[]>();
  for (const [at, chain] of graph.chains.entries()) {
    const points = chain.slice(1, -1).flatMap((vertex) => {
      const column = columns[graph.rank[vertex] ?? 0] ?? { x: 0, width: 0 };
      const y = (across[vertex] ?? 0) - top;
      return [
        { x: column.x, y },
        { x: column.x + column.width, y },
      ];
    });
    const link = links[at];
    if (link !== undefined) bends.set(link.edge, points);
  }
  const port = (across[layers[0]?.[0] ?? 0] ?? 0) - top;
  return { size: { width: x, height: bottom - top }, port, places, bends };
}

function placed(
  graph: Graph,
  tree: Nesting,
  levels: ReadonlyMap<string | null, Level>,
  sizes: ReadonlyMap<string, Extent>,
  { course, before }: Frame,
): PlacedGraph {
  const boxes = new Map<string, Box>();
  const bends = new Map<number, readonly Point[]>();
  const descend = (id: string | null, origin: Point): void => {
    const level = levels.get(id);
    for (const [edge, points] of level?.bends ?? [])
      bends.set(
        edge,
        points.map((point) => ({ x: point.x + origin.x, y: point.y + origin.y })),
      );
    for (const member of tree.members(id)) {
      const place = level?.places.get(member.id) ?? { x: 0, y: 0 };
      const { width, height } = sizes.get(member.id) ?? CARD;
      boxes.set(member.id, { x: origin.x + place.x, y: origin.y + place.y, width, height });
      if (levels.has(member.id))
        descend(member.id, {
          x: origin.x + place.x + before.x,
          y: origin.y + place.y + before.y,
        });
    }
  };
  descend(null, { x: 0, y: 0 });
  const pick = (ids: readonly { readonly id: string }[]): Map<string, Box> =>
    new Map(
      ids.flatMap(({ id }) => {
        const box = boxes.get(id);
        return box === undefined ? [] : [[id, turnedBox(box, course)]];
      }),
    );
  const whole = levels.get(null)?.size ?? { width: 0, height: 0 };
  return {
    graph,
    course,
    nodes: pick(graph.nodes),
    clusters: pick(graph.clusters),
    edges: graph.edges.map((edge, at) => ({
      ...edge,
      points: routed(edge, boxes, bends.get(at) ?? []).map((point) => turned(point, course)),
    })),
    bounds: turnedBox({ x: 0, y: 0, ...whole }, course),
  };
}
