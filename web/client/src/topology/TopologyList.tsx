import { StateShape } from '../states/StateShape';
import { STATES } from '../states/states';
import type { TaskState, TaskStates } from './fold';
import type { Graph, GraphNode } from './graph';
import { captionOf } from './graphOf';

interface Props {
  graph: Graph;
  states: TaskStates;
  selected: string | null;
  onSelect: (node: GraphNode) => void;
}

/** The graph as nested lists: the same tasks, states and choices for those who read instead of look. */
export function TopologyList(props: Props) {
  return (
    <nav className="topology-list" aria-label="Tasks of the flow">
      <Level {...props} clusterId={null} />
    </nav>
  );
}

function Level({ clusterId, ...props }: Props & { clusterId: string | null }) {
  const { graph, states, selected, onSelect } = props;
  const nodes = graph.nodes.filter(
    (node) => node.clusterId === clusterId && (node.kind === 'task' || node.kind === 'trigger'),
  );
  const clusters = graph.clusters.filter(({ parentId }) => parentId === clusterId);
  return (
    <ul>
      {nodes.map((node) => (
        <li key={node.id}>
          <button
            type="button"
            aria-pressed={selected !== null && node.taskId === selected}
            onClick={() => onSelect(node)}
          >
            <Mark task={node.taskId === null ? undefined : states.get(node.taskId)} />
            <span className="clip">{node.label}</span>
            <small className="faint clip">{captionOf(node)}</small>
          </button>
        </li>
      ))}
      {clusters.map((cluster) => (
        <li key={cluster.id}>
          <span className="topology-group muted">{cluster.label}</span>
          <Level {...props} clusterId={cluster.id} />
        </li>
      ))}
    </ul>
  );
}

function Mark({ task }: { task: TaskState | undefined }) {
  if (task === undefined) return <i className="task-card-blank" />;
  return (
    <>
      <StateShape state={task.state} />
      <span className="unseen">{STATES[task.state].word}</span>
    </>
  );
}
