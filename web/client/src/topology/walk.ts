/** Where the arrow keys lead in a graph: along the edges, and across them among neighbours. */
import type { Box } from '../viewport/viewport';
import type { Course, PlacedGraph } from './graph';

export type Direction = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

export const isDirection = (key: string): key is Direction =>
  key === 'ArrowLeft' || key === 'ArrowRight' || key === 'ArrowUp' || key === 'ArrowDown';

/** The card to go to from the card `from`, or null at an end. */
export function next(placed: PlacedGraph, from: string, direction: Direction): string | null {
  const here = placed.nodes.get(from);
  if (here === undefined) return null;
  const along = ALONG[placed.course];
  if (direction === along.forth)
    return nearest(here, alongEdges(placed, from, 'source', 'target'), placed);
  if (direction === along.back)
    return nearest(here, alongEdges(placed, from, 'target', 'source'), placed);
  const sign = direction === 'ArrowDown' || direction === 'ArrowRight' ? 1 : -1;
  return besides(placed, here, sign);
}

const ALONG: Record<Course, { readonly forth: Direction; readonly back: Direction }> = {
  across: { forth: 'ArrowRight', back: 'ArrowLeft' },
  down: { forth: 'ArrowDown', back: 'ArrowUp' },
};

/** Cards one edge away; dots are passed through. */
function alongEdges(
  placed: PlacedGraph,
  from: string,
  near: 'source' | 'target',
  far: 'source' | 'target',
): string[] {
  const kinds = new Map(placed.graph.nodes.map((node) => [node.id, node.kind]));
  const found: string[] = [];
  const seen = new Set([from]);
  const open = [from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const edge of placed.graph.edges) {
      const there = edge[far];
      if (edge[near] !== at || seen.has(there)) continue;
      seen.add(there);
      const kind = kinds.get(there);
      if (kind === 'start' || kind === 'end') open.push(there);
      else if (kind !== undefined) found.push(there);
    }
  }
  return found;
}

/** How far a box is from another, along the edges and beside them. */
function apart(placed: PlacedGraph, from: Box, to: Box): { along: number; beside: number } {
  const [x, y] = [to.x - from.x, to.y - from.y];
  return placed.course === 'across' ? { along: x, beside: y } : { along: y, beside: x };
}

function nearest(here: Box, candidates: readonly string[], placed: PlacedGraph): string | null {
  const away = (id: string): number => {
    const box = placed.nodes.get(id);
    if (box === undefined) return Number.POSITIVE_INFINITY;
    const { along, beside } = apart(placed, here, box);
    return Math.hypot(along, 3 * beside);
  };
  return candidates.reduce<string | null>(
    (best, id) => (best === null || away(id) < away(best) ? id : best),
    null,
  );
}

/** The nearest card on one side, by preference right beside. */
function besides(placed: PlacedGraph, here: Box, sign: 1 | -1): string | null {
  const candidates = placed.graph.nodes.flatMap(({ id, kind }) => {
    const box = placed.nodes.get(id);
    if (box === undefined || kind === 'start' || kind === 'end') return [];
    const { along, beside } = apart(placed, here, box);
    return beside * sign > 1 ? [{ id, away: beside * sign + 2 * Math.abs(along) }] : [];
  });
  candidates.sort((a, b) => a.away - b.away);
  return candidates[0]?.id ?? null;
}
