import { type PointerEvent, type ReactNode, useEffect, useState } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { executionHref, shortId } from '../app/places';
import { useUrlState } from '../app/urlState';
import { Elapsed } from '../gantt/Elapsed';
import { TaskRunDetailDocument } from '../gql/graphql';
import type { LiveExecution } from '../live/execution';
import { createdAt, endedAt, type RunRecord, startedAt } from '../live/records';
import { useLiveExecution, useRun, useStructure } from '../live/useLive';
import { StateBadge } from '../states/StateBadge';
import { isTerminal } from '../states/states';
import { Button } from '../ui/Button';
import { Copy } from '../ui/Copy';
import { Notice } from '../ui/Notice';
import { Attempts } from './Attempts';
import { History } from './History';
import { Outputs } from './Outputs';
import { RunActions } from './RunActions';
import { RunLogs } from './RunLogs';
import { RunPicker } from './RunPicker';
import { runOf } from './runOf';
import './taskrun.css';
import { useDrawerWidth } from './useDrawerWidth';

/** The selected task run beside whatever tab is open: its history, attempts, outputs, lines, source, actions. */
export default function TaskRunDrawer({ executionId }: { executionId: string }) {
  const live = useLiveExecution(executionId);
  const [task, setTask] = useUrlState('task');
  const [width, setWidth] = useDrawerWidth();
  useStructure(live);
  const run = useRun(live, task === null ? null : (runOf(live.runs, task)?.id ?? null));
  if (task === null || live.execution === null) return null;
  const drag = (event: PointerEvent<HTMLElement>) => {
    const handle = event.currentTarget;
    handle.setPointerCapture(event.pointerId);
    handle.onpointermove = (move) => setWidth(innerWidth - move.clientX);
    handle.onpointerup = () => {
      handle.onpointermove = null;
    };
  };
  return (
    <aside className="run-drawer" aria-label="Task run" style={{ width }}>
      <div
        role="separator"
        tabIndex={0}
        aria-orientation="vertical"
        aria-label="Width of the drawer"
        aria-valuenow={width}
        className="run-handle"
        onPointerDown={drag}
        onKeyDown={({ key }) => {
          if (key === 'ArrowLeft') setWidth(width + 24);
          if (key === 'ArrowRight') setWidth(width - 24);
        }}
      />
      <header className="run-head">
        <h2 className="clip">{run?.taskId ?? task}</h2>
        {run?.value != null && <span className="run-value clip">{run.value}</span>}
        <span className="run-space" />
        <Button look="quiet" icon="close" aria-label="Close" onClick={() => setTask(null)} />
      </header>
      {run === undefined ? (
        <p className="run-nothing muted">This task has not run in this execution.</p>
      ) : (
        <Body key={run.id} live={live} run={run} onPick={setTask} />
      )}
    </aside>
  );
}

interface BodyProps {
  live: LiveExecution;
  run: RunRecord;
  onPick: (id: string) => void;
}

function Body({ live, run, onPick }: BodyProps) {
  const [{ data }, again] = useQuery({ query: TaskRunDetailDocument, variables: { id: run.id } });
  const [problem, setProblem] = useState<string | null>(null);
  const ask = () => again({ requestPolicy: 'network-only' });
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again whenever the run changes its state
  useEffect(ask, [run.state]);
  const detail = data?.node?.__typename === 'TaskRun' ? data.node : null;
  const from = startedAt(run) ?? createdAt(run);
  return (
    <div className="run-body">
      <div className="run-facts">
        <StateBadge state={run.state} />
        <Elapsed from={from} to={endedAt(run)} ticking={!isTerminal(run.state)} />
        <RunPicker live={live} run={run} onPick={onPick} />
      </div>
      {detail && (
        <p className="run-type mono faint clip" title={detail.taskType}>
          {detail.taskType}
        </p>
      )}
      {problem && <Notice title={problem} />}
      {detail?.explanation && (
        <Notice
          kind={run.state === 'FAILED' ? 'problem' : 'hint'}
          title={detail.explanation.summary}
        >
          {detail.explanation.hint}
        </Notice>
      )}
      {detail && (
        <RunActions
          executionId={live.id}
          taskRunId={run.id}
          allowed={detail.allowedActions}
          onProblem={setProblem}
          onDone={ask}
        />
      )}
      {detail?.childExecution && (
        <Link className="run-more" href={executionHref(detail.childExecution.id, 'gantt')}>
          Execution {shortId(detail.childExecution.id)} that it started
        </Link>
      )}
      <Part title="States">
        <History run={run} />
      </Part>
      {detail && detail.attempts.length > 1 && (
        <Part title="Attempts">
          <Attempts attempts={detail.attempts} />
        </Part>
      )}
      {detail && (
        <Part title="Outputs">
          <Outputs value={detail.outputs} files={detail.files} />
        </Part>
      )}
      <Part title="Log">
        <RunLogs executionId={live.id} runId={run.id} taskId={run.taskId} />
      </Part>
      {detail && (
        <Part title="Source">
          <div className="run-source">
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
            <pre tabIndex={0}>{detail.source.trimEnd()}</pre>
            <Copy text={detail.source} label="Copy the source" />
          </div>
        </Part>
      )}
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details open>
      <summary>{title}</summary>
      {children}
    </details>
  );
}
