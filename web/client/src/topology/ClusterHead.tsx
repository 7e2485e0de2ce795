import { StateShape } from '../states/StateShape';
import type { State } from '../states/states';
import type { Box } from '../viewport/viewport';
import type { TaskStates } from './fold';
import type { Graph, GraphCluster } from './graph';

interface Props {
  cluster: GraphCluster;
  box: Box;
  /** How many runs of the tasks inside are in each state. */
  counts: ReadonlyMap<State, number>;
}

/** A cluster's name, and how the runs inside it stand. */
export function ClusterHead({ cluster, box, counts }: Props) {
  return (
    <div
      className="cluster-head number"
      style={{ transform: `translate(${box.x}px, ${box.y}px)`, width: box.width }}
    >
      <span className="clip">{cluster.label}</span>
      {[...counts].map(([state, count]) => (
        <span key={state} className="cluster-count" data-state={state}>
          <StateShape state={state} size={11} label />
          {count}
        </span>
      ))}
    </div>
  );
}

/** For each cluster, the runs of all tasks inside it, however deep. */
export function countsByCluster(
  graph: Graph,
  states: TaskStates,
): ReadonlyMap<string, ReadonlyMap<State, number>> {
  const parents = new Map(graph.clusters.map(({ id, parentId }) => [id, parentId]));
  const own = new Map(graph.clusters.map(({ id, taskId }) => [id, taskId]));
  const sums = new Map<string, Map<State, number>>(graph.clusters.map(({ id }) => [id, new Map()]));
  for (const node of graph.nodes) {
    const task = node.taskId === null ? undefined : states.get(node.taskId);
    if (task === undefined) continue;
    for (let at = node.clusterId; at !== null; at = parents.get(at) ?? null) {
      if (own.get(at) === node.taskId) continue;
      const sum = sums.get(at);
      for (const [state, count] of task.counts) sum?.set(state, (sum.get(state) ?? 0) + count);
    }
  }
  return sums;
}
