/** The API's graph of flows as a graph to lay out, with the executions on it as states. */
import type { DependencyPartsFragment } from '../gql/graphql';
import { isTerminal, type State } from '../states/states';
import type { TaskState, TaskStates } from '../topology/fold';
import type { Graph } from '../topology/graph';

export type Parts = DependencyPartsFragment;
export type Flow = Parts['nodes'][number];
export type Tie = Parts['edges'][number];

/** How many steps are asked for: as many as the API goes. */
export const DEPTH = 10;

export function graphOfFlows({ nodes, edges }: Parts): Graph {
  return {
    nodes: nodes.map((node) => ({
      id: node.id,
      kind: 'task',
      clusterId: null,
      taskId: node.id,
      label: nameOf(node),
      type: '',
      caption: captionOf(node),
      noun: 'flow',
      disabled: node.disabled || node.kind !== 'FLOW',
    })),
    clusters: [],
    edges: edges.map(({ source, target, via, kind, dynamic, disabled }) => ({
      source,
      target,
      label: via,
      aside: kind === 'FLOW_TRIGGER' || dynamic || disabled,
    })),
  };
}

export const nameOf = ({ flowId }: Pick<Flow, 'flowId'>): string => flowId ?? 'any flow';

export function captionOf({ kind, namespace }: Pick<Flow, 'kind' | 'namespace'>): string {
  if (kind === 'MISSING') return `not there · ${namespace}`;
  if (kind === 'DYNAMIC') return 'only a run tells';
  return namespace ?? 'of any namespace';
}

/** The executions of each flow, folded as the runs of a task are. */
export function statesOf({ nodes }: Parts): TaskStates {
  return new Map(
    nodes.flatMap((node) => {
      const state = stateOf(node);
      return state === null ? [] : [[node.id, state] as const];
    }),
  );
}

function stateOf({ state, states, executions }: Flow): TaskState | null {
  if (!state) return null;
  const counts = new Map<State, number>(states.map((each) => [each.state, each.count]));
  const sum = (wanted: (state: State) => boolean) =>
    states.reduce((total, each) => total + (wanted(each.state) ? each.count : 0), 0);
  const total = sum(() => true);
  const ended = sum(isTerminal);
  const begun = executions.flatMap(({ startedAt }) => (startedAt ? [Date.parse(startedAt)] : []));
  const over = executions.flatMap(({ endedAt }) => (endedAt ? [Date.parse(endedAt)] : []));
  return {
    state,
    counts,
    total,
    ended,
    from: begun.length > 0 ? Math.min(...begun) : Date.now(),
    to: ended === total && over.length > 0 ? Math.max(...over) : null,
    runId: executions.find((each) => each.state === state)?.executionId ?? '',
    problem: null,
  };
}

/** Where a flow lies, in words. */
export function placeOf({ direction, distance }: Pick<Flow, 'direction' | 'distance'>): string {
  const steps = distance === 1 ? '1 step' : `${distance} steps`;
  switch (direction) {
    case 'SELF':
      return 'this flow';
    case 'UPSTREAM':
      return `${steps} upstream`;
    case 'DOWNSTREAM':
      return `${steps} downstream`;
    default:
      return `${steps}, in a circle`;
  }
}

const KINDS: Readonly<Record<string, string>> = {
  SUBFLOW: 'Subflow',
  FOR_EACH_ITEM: 'ForEachItem',
  FLOW_TRIGGER: 'Flow trigger',
};

/** What ties a flow to the others, each once. */
export function tiesOf(id: string, edges: readonly Tie[]): string[] {
  const mine = edges.filter(({ source, target }) => source === id || target === id);
  return [...new Set(mine.map(({ kind, via }) => `${KINDS[kind] ?? kind} ${via}`))];
}
