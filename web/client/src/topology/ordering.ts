/** Order the vertices within their ranks so that few edges cross: barycentre sweeps and swaps of neighbours. */
import type { Layered } from './ranks';

const SWEEPS = 12;
/** Above this many vertices fewer sweeps are made: the picture is seen from afar then. */
const MANY = 4000;

export function ordered(graph: Layered): number[][] {
  let layers = graph.layers.map((layer) => layer.slice());
  let best = layers;
  let fewest = crossings(layers, graph);
  const total = layers.reduce((sum, layer) => sum + layer.length, 0);
  const sweeps = total > MANY ? 4 : SWEEPS;
  for (let sweep = 0; sweep < sweeps && fewest > 0; sweep += 1) {
    layers = layers.map((layer) => layer.slice());
    swept(layers, graph, sweep % 2 === 0);
    transposed(layers, graph);
    const found = crossings(layers, graph);
    if (found >= fewest) continue;
    fewest = found;
    best = layers.map((layer) => layer.slice());
  }
  return best;
}

function positionsOf(layers: readonly number[][], size: number): Int32Array {
  const positions = new Int32Array(size);
  for (const layer of layers)
    for (const [index, vertex] of layer.entries()) positions[vertex] = index;
  return positions;
}

function swept(layers: number[][], graph: Layered, down: boolean): void {
  const positions = positionsOf(layers, graph.rank.length);
  const near = down ? graph.before : graph.after;
  for (let step = 1; step < layers.length; step += 1) {
    const at = down ? step : layers.length - 1 - step;
    const layer = layers[at] ?? [];
    const weight = new Map<number, number>();
    for (const vertex of layer) weight.set(vertex, mean(near[vertex] ?? [], positions, vertex));
    layer.sort(
      (a, b) =>
        (weight.get(a) ?? 0) - (weight.get(b) ?? 0) || (positions[a] ?? 0) - (positions[b] ?? 0),
    );
    for (const [index, vertex] of layer.entries()) positions[vertex] = index;
  }
}

function mean(neighbours: readonly number[], positions: Int32Array, vertex: number): number {
  if (neighbours.length === 0) return positions[vertex] ?? 0;
  let sum = 0;
  for (const neighbour of neighbours) sum += positions[neighbour] ?? 0;
  return sum / neighbours.length;
}

/** Swap neighbours while that lessens the crossings on both sides; two rounds are nearly always enough. */
function transposed(layers: number[][], graph: Layered): void {
  const positions = positionsOf(layers, graph.rank.length);
  for (let round = 0; round < 2; round += 1) {
    let changed = false;
    for (const layer of layers) {
      for (let index = 0; index + 1 < layer.length; index += 1) {
        const left = layer[index] ?? 0;
        const right = layer[index + 1] ?? 0;
        if (gain(left, right, graph, positions) <= 0) continue;
        layer[index] = right;
        layer[index + 1] = left;
        positions[right] = index;
        positions[left] = index + 1;
        changed = true;
      }
    }
    if (!changed) return;
  }
}

function gain(left: number, right: number, graph: Layered, positions: Int32Array): number {
  let sum = 0;
  for (const near of [graph.before, graph.after]) {
    for (const a of near[left] ?? [])
      for (const b of near[right] ?? [])
        sum += Math.sign((positions[a] ?? 0) - (positions[b] ?? 0));
  }
  return sum;
}

/** Crossings between each rank and the next, counted with a Fenwick tree. */
export function crossings(layers: readonly number[][], graph: Layered): number {
  const positions = positionsOf(layers, graph.rank.length);
  let total = 0;
  for (let at = 0; at + 1 < layers.length; at += 1) {
    const width = layers[at + 1]?.length ?? 0;
    const tree = new Int32Array(width + 1);
    let seen = 0;
    for (const vertex of layers[at] ?? []) {
      const targets = (graph.after[vertex] ?? [])
        .map((target) => positions[target] ?? 0)
        .sort((a, b) => a - b);
      for (const target of targets) {
        let upTo = 0;
        for (let node = target + 1; node > 0; node -= node & -node) upTo += tree[node] ?? 0;
        total += seen - upTo;
      }
      for (const target of targets) {
        seen += 1;
        for (let node = target + 1; node <= width; node += node & -node)
          tree[node] = (tree[node] ?? 0) + 1;
      }
    }
  }
  return total;
}
