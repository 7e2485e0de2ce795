/** Where the arrow keys lead in a graph: along the edges, and up and down among neighbours. */
import type { Box } from '../viewport/viewport';
import type { PlacedGraph } from './graph';

export type Direction = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

export const isDirection = (key: string): key is Direction =>
  key === 'ArrowLeft' || key === 'ArrowRight' || key === 'ArrowUp' || key === 'ArrowDown';

/** The card to go to from the card `from`, or null at an end. */
export function next(placed: PlacedGraph, from: string, direction: Direction): string | null {
  const here = placed.nodes.get(from);
  if (here === undefined) return null;
  if (direction === 'ArrowRight')
    return nearest(here, alongEdges(placed, from, 'source', 'target'), placed);
  if (direction === 'ArrowLeft')
    return nearest(here, alongEdges(placed, from, 'target', 'source'), placed);
  return besides(placed, here, direction === 'ArrowDown' ? 1 : -1);
}

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

function nearest(here: Box, candidates: readonly string[], placed: PlacedGraph): string | null {
  const away = (id: string): number => {
    const box = placed.nodes.get(id);
    return box === undefined
      ? Number.POSITIVE_INFINITY
      : Math.hypot(box.x - here.x, 3 * (box.y - here.y));
  };
  return candidates.reduce<string | null>(
    (best, id) => (best === null || away(id) < away(best) ? id : best),
    null,
  );
}

/** The nearest card above or below, by preference right above or below. */
function besides(placed: PlacedGraph, here: Box, sign: 1 | -1): string | null {
  const candidates = placed.graph.nodes.flatMap(({ id, kind }) => {
    const box = placed.nodes.get(id);
    if (box === undefined || kind === 'start' || kind === 'end') return [];
    const down = (box.y - here.y) * sign;
    return down > 1 ? [{ id, away: down + 2 * Math.abs(box.x - here.x) }] : [];
  });
  candidates.sort((a, b) => a.away - b.away);
  return candidates[0]?.id ?? null;
}
