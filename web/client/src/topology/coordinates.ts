/** Place the ordered vertices of a rank: each as near its neighbours as the order and the room allow. */
import type { Layered } from './ranks';

/** Odd, so that the last one follows the flow: what goes on in line is then drawn in line. */
const SWEEPS = 7;

/** How much of a vertex lies on either side of the line through its edges. */
export interface Room {
  readonly above: number;
  readonly below: number;
}

/** Where the edges of each vertex go through it, across the ranks, given the room each takes there and the gap between two. */
export function centres(
  layers: readonly number[][],
  graph: Layered,
  room: (vertex: number) => Room,
  gap: (a: number, b: number) => number,
): Float64Array {
  const at = new Float64Array(graph.rank.length);
  for (const layer of layers) {
    const offsets = offsetsOf(layer, room, gap);
    const middle = (offsets.at(-1) ?? 0) / 2;
    for (const [index, vertex] of layer.entries()) at[vertex] = (offsets[index] ?? 0) - middle;
  }
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const down = sweep % 2 === 0;
    for (let step = 0; step < layers.length; step += 1) {
      const layer = layers[down ? step : layers.length - 1 - step] ?? [];
      settle(layer, at, graph, offsetsOf(layer, room, gap), down);
    }
  }
  return at.map(Math.round);
}

function offsetsOf(
  layer: readonly number[],
  room: (vertex: number) => Room,
  gap: (a: number, b: number) => number,
): number[] {
  const offsets: number[] = [];
  let edge = 0;
  let before: number | null = null;
  for (const vertex of layer) {
    if (before !== null) edge += gap(before, vertex) + room(before).below + room(vertex).above;
    offsets.push(edge);
    before = vertex;
  }
  return offsets;
}

/** Least squares under "keep the order and the room": pool adjacent violators of the wishes less their offsets. */
function settle(
  layer: readonly number[],
  at: Float64Array,
  graph: Layered,
  offsets: readonly number[],
  down: boolean,
): void {
  const blocks: { sum: number; weight: number; size: number }[] = [];
  for (const [index, vertex] of layer.entries()) {
    const { wish, weight } = wishOf(vertex, at, graph, down);
    let block = { sum: (wish - (offsets[index] ?? 0)) * weight, weight, size: 1 };
    for (let last = blocks.at(-1); last !== undefined; last = blocks.at(-1)) {
      if (last.sum / last.weight <= block.sum / block.weight) break;
      block = {
        sum: last.sum + block.sum,
        weight: last.weight + block.weight,
        size: last.size + block.size,
      };
      blocks.pop();
    }
    blocks.push(block);
  }
  let index = 0;
  for (const block of blocks) {
    for (let member = 0; member < block.size; member += 1) {
      at[layer[index] ?? 0] = block.sum / block.weight + (offsets[index] ?? 0);
      index += 1;
    }
  }
}

/** Where a vertex would like to stand: amid its neighbours of the rank before, in the direction of the sweep. */
function wishOf(
  vertex: number,
  at: Float64Array,
  graph: Layered,
  down: boolean,
): { wish: number; weight: number } {
  const near = (down ? graph.before[vertex] : graph.after[vertex]) ?? [];
  if (near.length === 0) return { wish: at[vertex] ?? 0, weight: 0.05 };
  let sum = 0;
  for (const neighbour of near) sum += at[neighbour] ?? 0;
  return { wish: sum / near.length, weight: near.length };
}
