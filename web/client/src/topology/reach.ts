/** Which parts of the graph the execution has come to: what is not reached stays faded. */
import type { TaskState, TaskStates } from './fold';
import type { Graph, GraphNode } from './graph';

/** Indexes, in the graph's edges, of those that were travelled. */
export function travelled(graph: Graph, states: TaskStates): ReadonlySet<number> {
  const reach = new Reach(graph, states);
  const found = new Set<number>();
  for (const [index, { source, target }] of graph.edges.entries())
    if (reach.leads(source, target)) found.add(index);
  return found;
}

class Reach {
  readonly #nodes: ReadonlyMap<string, GraphNode>;
  readonly #states: TaskStates;
  readonly #before = new Map<string, string[]>();
  readonly #after = new Map<string, string[]>();
  readonly #known = new Map<string, boolean>();

  constructor(graph: Graph, states: TaskStates) {
    this.#nodes = new Map(graph.nodes.map((node) => [node.id, node]));
    this.#states = states;
    for (const { source, target } of graph.edges) {
      put(this.#before, target, source);
      put(this.#after, source, target);
    }
  }

  /** The way from one to the other was gone: an end is come to when what leads there has ended. */
  leads(source: string, target: string): boolean {
    const toEnd = this.#nodes.get(target)?.kind === 'end';
    return (toEnd ? this.#finished(source) : this.#entered(source)) && this.#entered(target);
  }

  /** A task is entered when it has a run; a dot, when the way leads through it. */
  #entered(id: string): boolean {
    const node = this.#nodes.get(id);
    if (node === undefined || node.kind === 'trigger') return false;
    if (node.kind === 'task') return this.#stateOf(node) !== undefined;
    return memo(this.#known, id, () =>
      node.kind === 'start'
        ? (this.#after.get(id) ?? []).some((next) => this.#entered(next))
        : (this.#before.get(id) ?? []).some((previous) => this.#finished(previous)),
    );
  }

  #finished(id: string): boolean {
    const node = this.#nodes.get(id);
    if (node === undefined || node.kind === 'trigger') return false;
    if (node.kind !== 'task') return this.#entered(id);
    const state = this.#stateOf(node);
    return state !== undefined && state.ended === state.total;
  }

  #stateOf(node: GraphNode): TaskState | undefined {
    return node.taskId === null ? undefined : this.#states.get(node.taskId);
  }
}

function put(into: Map<string, string[]>, key: string, value: string): void {
  const list = into.get(key);
  if (list === undefined) into.set(key, [value]);
  else list.push(value);
}

/** A circle of dots counts as not reached while it is being looked at. */
function memo(known: Map<string, boolean>, id: string, find: () => boolean): boolean {
  const before = known.get(id);
  if (before !== undefined) return before;
  known.set(id, false);
  const found = find();
  known.set(id, found);
  return found;
}
