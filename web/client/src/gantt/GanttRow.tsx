import { memo } from 'react';
import type { LiveExecution } from '../live/execution';
import { createdAt, endedAt, startedAt } from '../live/records';
import { useRun } from '../live/useLive';
import { StateShape } from '../states/StateShape';
import { isTerminal, STATES } from '../states/states';
import { Icon } from '../ui/Icon';
import { Bar } from './Bar';
import { Elapsed } from './Elapsed';
import { GroupBar, useGroup } from './GroupBar';
import type { Branch } from './outline';
import { DEEPEST_INDENT, indentOf, ROW, type View } from './view';

interface Props {
  live: LiveExecution;
  branch: Branch;
  /** Its place among the rows on show, from 0. */
  index: number;
  open: boolean;
  selected: boolean;
  /** The keys stand on it. */
  active: boolean;
  view: View;
  onToggle: (branch: Branch) => void;
}

export const GanttRow = memo(function GanttRow(props: Props) {
  const { branch, index, open, selected, active } = props;
  const holds = branch.children.length > 0;
  return (
    <div
      role="row"
      id={rowId(branch.key)}
      data-key={branch.key}
      aria-level={branch.depth + 1}
      aria-rowindex={index + 1}
      aria-expanded={holds ? open : undefined}
      aria-selected={selected}
      data-active={active || undefined}
      className="gantt-row"
      style={{ transform: `translateY(${index * ROW}px)` }}
    >
      {branch.runId === null ? (
        <GroupCells {...props} />
      ) : (
        <RunCells {...props} runId={branch.runId} />
      )}
    </div>
  );
});

export const rowId = (key: string): string => `gantt-${key}`;

function RunCells({ live, branch, runId, open, view, onToggle }: Props & { runId: string }) {
  const run = useRun(live, runId);
  if (run === undefined) return null;
  const tries = run.history.filter((moment) => moment.state === 'RUNNING').length;
  const retried = tries > 1 && branch.children.length === 0;
  const failed = run.state === 'FAILED' ? run.state : undefined;
  const since = startedAt(run) ?? createdAt(run);
  return (
    <>
      <div role="rowheader" className="gantt-label" data-state={failed}>
        <Indent branch={branch} open={open} onToggle={onToggle} />
        <StateShape state={run.state} label />
        <span className="gantt-name clip">{run.taskId}</span>
        {branch.value !== null && <span className="gantt-value clip">{branch.value}</span>}
        {retried && <span className="gantt-tries number">×{tries}</span>}
        <Elapsed from={since} to={endedAt(run)} ticking={!isTerminal(run.state)} />
      </div>
      <div role="gridcell" className="gantt-track" data-state={failed}>
        <span className="unseen">
          {isTerminal(run.state) ? STATES[run.state].word : 'going on'}
        </span>
        <Bar run={run} view={view} holds={branch.children.length > 0} />
      </div>
    </>
  );
}

function GroupCells({ live, branch, open, view, onToggle }: Props) {
  const group = useGroup(live, branch);
  return (
    <>
      <div role="rowheader" className="gantt-label">
        <Indent branch={branch} open={open} onToggle={onToggle} />
        <StateShape state={group.state} label />
        <span className="gantt-value clip">{branch.value}</span>
        <Elapsed from={group.from} to={group.to} ticking={group.to === null} />
      </div>
      <div role="gridcell" className="gantt-track">
        <GroupBar group={group} view={view} />
      </div>
    </>
  );
}

function Indent({ branch, open, onToggle }: Pick<Props, 'branch' | 'open' | 'onToggle'>) {
  const holds = branch.children.length > 0;
  return (
    <>
      <span style={{ width: indentOf(branch.depth) }} />
      {branch.depth > DEEPEST_INDENT && (
        <span className="gantt-deep number" title={`Level ${branch.depth + 1}`}>
          {branch.depth}
        </span>
      )}
      {holds ? (
        <button
          type="button"
          tabIndex={-1}
          className="gantt-toggle"
          aria-label={open ? 'Close' : 'Open'}
          onClick={(event) => {
            event.stopPropagation();
            onToggle(branch);
          }}
        >
          <Icon name={open ? 'down' : 'right'} size={12} />
        </button>
      ) : (
        <span className="gantt-toggle" />
      )}
    </>
  );
}
