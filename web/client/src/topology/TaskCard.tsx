import { memo } from 'react';
import { StateShape } from '../states/StateShape';
import { STATES, type State } from '../states/states';
import { shown } from '../ui/duration';
import { Icon } from '../ui/Icon';
import { useNow } from '../ui/ticker';
import type { Box } from '../viewport/viewport';
import type { TaskState } from './fold';
import type { GraphNode } from './graph';
import { captionOf } from './graphOf';

interface Props {
  node: GraphNode;
  box: Box;
  task: TaskState | undefined;
  /** There is an execution: what has no state was not reached. */
  faded: boolean;
  selected: boolean;
  /** The one card that Tab comes to. */
  stop: boolean;
  ticking: boolean;
  onSelect: (node: GraphNode) => void;
}

/** A task or trigger as a button in its place on the plane. */
export const TaskCard = memo(function TaskCard(props: Props) {
  const { node, box, task, faded, selected, stop, ticking, onSelect } = props;
  const classes = [
    'task-card',
    node.kind,
    faded ? 'faded' : '',
    (task?.total ?? 0) > 1 ? 'stacked' : '',
  ];
  return (
    <button
      type="button"
      className={classes.filter(Boolean).join(' ')}
      data-node={node.id}
      data-state={task?.state}
      aria-pressed={selected}
      aria-label={spoken(node, task)}
      tabIndex={stop ? 0 : -1}
      style={{ transform: `translate(${box.x}px, ${box.y}px)` }}
      onClick={() => onSelect(node)}
    >
      <Face node={node} task={task} />
      <span className="task-card-text">
        <strong className="clip">{node.label}</strong>
        <small className="clip">{captionOf(node)}</small>
      </span>
      {task && <Aside task={task} ticking={ticking} />}
      {task && task.total > 1 && <Progress task={task} />}
      {task?.problem && <span className="task-card-problem">{task.problem}</span>}
    </button>
  );
});

function Face({ node, task }: Pick<Props, 'node' | 'task'>) {
  if (task) return <StateShape state={task.state} size={16} />;
  return node.kind === 'trigger' ? <Icon name="clock" /> : <i className="task-card-blank" />;
}

function Aside({ task, ticking }: { task: TaskState; ticking: boolean }) {
  const goesOn = task.to === null && STATES[task.state].active;
  const now = useNow(ticking && goesOn);
  const length = (task.to ?? now) - task.from;
  return (
    <span className="task-card-aside number">
      {task.total > 1 && (
        <b>
          {task.ended}/{task.total}
        </b>
      )}
      {(task.to !== null || (ticking && goesOn)) && (
        <span className="duration">{shown(length)}</span>
      )}
    </span>
  );
}

/** How the runs of a loop's task stand, as a thin line. */
function Progress({ task }: { task: TaskState }) {
  return (
    <span className="task-card-progress" aria-hidden="true">
      {[...task.counts].sort(inOrder).map(([state, count]) => (
        <i key={state} data-state={state} style={{ flexGrow: count }} />
      ))}
    </span>
  );
}

const ORDER = Object.keys(STATES);

/** What has ended stands left, so that the line fills from the left. */
const inOrder = ([a]: [State, number], [b]: [State, number]): number =>
  Number(STATES[b].terminal) - Number(STATES[a].terminal) || ORDER.indexOf(b) - ORDER.indexOf(a);

function spoken(node: GraphNode, task: TaskState | undefined): string {
  const what = node.noun ?? (node.kind === 'trigger' ? 'trigger' : 'task');
  const caption = captionOf(node);
  if (task === undefined) return `${what} ${node.label}, ${caption}`;
  const counts = [...task.counts].map(
    ([state, count]) => `${count} ${STATES[state].word.toLowerCase()}`,
  );
  const state = task.total > 1 ? counts.join(', ') : STATES[task.state].word.toLowerCase();
  return `${what} ${node.label}, ${caption}, ${state}`;
}
