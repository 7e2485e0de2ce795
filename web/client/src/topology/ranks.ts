/** Give every vertex of one level its rank, and long edges a dummy vertex in each rank they cross. */

export interface Link {
  readonly source: number;
  readonly target: number;
}

export interface Layered {
  /** Vertices per rank, dummies included; vertices below `count` are real. */
  readonly layers: number[][];
  readonly rank: readonly number[];
  /** Neighbours in the rank before and after, by vertex. */
  readonly before: readonly number[][];
  readonly after: readonly number[][];
  /** For each link given, the vertices it passes from source to target. */
  readonly chains: readonly number[][];
}

/** Edges that close a circle, found by a walk from each vertex in order; they are laid the other way round. */
function forward(count: number, links: readonly Link[]): Link[] {
  const out: number[][] = Array.from({ length: count }, () => []);
  for (const { source, target } of links) out[source]?.push(target);
  const mark = new Uint8Array(count);
  const back = new Set<number>();
  for (let root = 0; root < count; root += 1) {
    if (mark[root] !== 0) continue;
    const stack = [{ vertex: root, next: 0 }];
    mark[root] = 1;
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const target = out[top.vertex]?.[top.next];
      top.next += 1;
      if (target === undefined) {
        mark[top.vertex] = 2;
        stack.pop();
      } else if (mark[target] === 1) back.add(top.vertex * count + target);
      else if (mark[target] === 0) {
        mark[target] = 1;
        stack.push({ vertex: target, next: 0 });
      }
    }
  }
  return links.map((link) =>
    back.has(link.source * count + link.target)
      ? { source: link.target, target: link.source }
      : link,
  );
}

/** Longest path from the sources, then each source pulled right, next to what it leads to. */
function rankOf(count: number, links: readonly Link[]): number[] {
  const out: number[][] = Array.from({ length: count }, () => []);
  const waiting = new Array<number>(count).fill(0);
  for (const { source, target } of links) {
    out[source]?.push(target);
    waiting[target] = (waiting[target] ?? 0) + 1;
  }
  const isSource = waiting.map((entering) => entering === 0);
  const rank = new Array<number>(count).fill(0);
  const ready = isSource.flatMap((source, vertex) => (source ? [vertex] : []));
  for (let head = 0; head < ready.length; head += 1) {
    const vertex = ready[head] ?? 0;
    for (const target of out[vertex] ?? []) {
      rank[target] = Math.max(rank[target] ?? 0, (rank[vertex] ?? 0) + 1);
      waiting[target] = (waiting[target] ?? 0) - 1;
      if (waiting[target] === 0) ready.push(target);
    }
  }
  for (let vertex = 0; vertex < count; vertex += 1) {
    const targets = out[vertex] ?? [];
    if (!isSource[vertex] || targets.length === 0) continue;
    rank[vertex] = targets.reduce(
      (least, target) => Math.min(least, (rank[target] ?? 1) - 1),
      Number.MAX_SAFE_INTEGER,
    );
  }
  return rank;
}

/** How many dummies a level may have; the longest edges beyond that run straight across. */
const dummiesFor = (count: number): number => 4 * count + 1000;

/** The length above which edges get no dummies, so that all dummies together stay within bounds. */
function longestAllowed(links: readonly Link[], rank: readonly number[], count: number): number {
  const lengths = links.map(({ source, target }) => (rank[target] ?? 0) - (rank[source] ?? 0));
  lengths.sort((a, b) => a - b);
  let left = dummiesFor(count);
  for (const length of lengths) {
    left -= length - 1;
    if (left < 0) return length - 1;
  }
  return Number.MAX_SAFE_INTEGER;
}

export function layered(count: number, given: readonly Link[]): Layered {
  const links = forward(count, given);
  const rank = rankOf(count, links);
  const layers: number[][] = [];
  const before: number[][] = [];
  const after: number[][] = [];
  const place = (vertex: number, at: number): void => {
    while (layers.length <= at) layers.push([]);
    layers[at]?.push(vertex);
    before[vertex] = [];
    after[vertex] = [];
  };
  for (let vertex = 0; vertex < count; vertex += 1) place(vertex, rank[vertex] ?? 0);
  let next = count;
  const longest = longestAllowed(links, rank, count);
  const chains = links.map(({ source, target }, index) => {
    if ((rank[target] ?? 0) - (rank[source] ?? 0) > longest) return [source, target];
    const chain = [source];
    for (let at = (rank[source] ?? 0) + 1; at < (rank[target] ?? 0); at += 1) {
      rank[next] = at;
      place(next, at);
      chain.push(next);
      next += 1;
    }
    chain.push(target);
    for (let step = 1; step < chain.length; step += 1) {
      const from = chain[step - 1] ?? 0;
      const to = chain[step] ?? 0;
      after[from]?.push(to);
      before[to]?.push(from);
    }
    return given[index]?.source === source ? chain : chain.slice().reverse();
  });
  return { layers, rank, before, after, chains };
}
