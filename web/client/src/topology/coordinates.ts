/** Place the ordered vertices of a rank: each as near its neighbours as the order and the room allow. */
import type { Layered } from './ranks';

const SWEEPS = 6;

/** The centre of each vertex across the ranks, given how much room each takes there and the gap between two. */
export function centres(
  layers: readonly number[][],
  graph: Layered,
  room: (vertex: number) => number,
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
      settle(layer, at, graph, offsetsOf(layer, room, gap), sweep === SWEEPS - 1 ? null : down);
    }
  }
  return at;
}

function offsetsOf(
  layer: readonly number[],
  room: (vertex: number) => number,
  gap: (a: number, b: number) => number,
): number[] {
  const offsets: number[] = [];
  let edge = 0;
  let before: number | null = null;
  for (const vertex of layer) {
    const half = room(vertex) / 2;
    if (before !== null) edge += gap(before, vertex) + half + room(before) / 2;
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
  down: boolean | null,
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

/** Where a vertex would like to stand; a dummy pulls harder, so that long edges run straight. */
function wishOf(
  vertex: number,
  at: Float64Array,
  graph: Layered,
  down: boolean | null,
): { wish: number; weight: number } {
  const before = graph.before[vertex] ?? [];
  const after = graph.after[vertex] ?? [];
  const near = down === null ? [...before, ...after] : down ? before : after;
  if (near.length === 0) return { wish: at[vertex] ?? 0, weight: 0.05 };
  let sum = 0;
  for (const neighbour of near) sum += at[neighbour] ?? 0;
  return { wish: sum / near.length, weight: near.length };
}
