import { useRef, useState } from 'react';
import { useQuery } from 'urql';
import type { VListHandle } from 'virtua';
import { useKeys } from '../app/keys';
import { useUrlState } from '../app/urlState';
import { type LogFilter, LogUrlDocument } from '../gql/graphql';
import { useExecution, useHealth, useLiveExecution } from '../live/useLive';
import { isTerminal } from '../states/states';
import '../states/states.css';
import { Empty } from '../ui/Empty';
import { Notice } from '../ui/Notice';
import { LogList } from './LogList';
import './logs.css';
import { LogTools } from './LogTools';
import { indexesOf, isLevel, step } from './marks';
import { useLogs } from './useLogs';

/** The log of an execution: its end first, live. */
export default function LogsTab({ executionId }: { executionId: string }) {
  const live = useLiveExecution(executionId);
  const execution = useExecution(live);
  const { phase } = useHealth(live);
  const [{ data }] = useQuery({ query: LogUrlDocument, variables: { id: executionId } });
  const [levelWord, setLevel] = useUrlState('level');
  const [text, setText] = useUrlState('text');
  const [task, setTask] = useUrlState('logTask');
  const [wrap, setWrap] = useUrlState('wrap');
  const [from, setFrom] = useUrlState('from');
  const [current, setCurrent] = useState<number | null>(null);
  const list = useRef<VListHandle>(null);
  const search = useRef<HTMLInputElement>(null);

  const level = isLevel(levelWord) ? levelWord : 'TRACE';
  const filter: LogFilter = {
    executionId,
    ...(level === 'TRACE' ? {} : { level: { gte: level } }),
    ...(text ? { text } : {}),
    ...(task ? { taskId: { eq: task } } : {}),
  };
  const logs = useLogs(filter);
  const { lines } = logs.state;
  const errors = indexesOf(lines, 'ERROR');
  const goToError = (forward: boolean) => {
    const next = step(errors, current ?? (forward ? -1 : lines.length), forward);
    setCurrent(next);
    if (next !== null) list.current?.scrollToIndex(next, { align: 'center' });
  };
  useKeys({
    e: () => goToError(true),
    E: () => goToError(false),
    w: () => setWrap(wrap ? null : '1'),
    '/': () => search.current?.focus(),
  });
  if (phase.name === 'gone') return <Notice title={phase.problem} />;
  const filtered = level !== 'TRACE' || Boolean(text) || task !== null;
  return (
    <section className="logs" aria-label="Logs">
      <LogTools
        search={search}
        level={level}
        onLevel={(next) => setLevel(next === 'TRACE' ? null : next)}
        text={text ?? ''}
        onText={setText}
        task={task}
        onTask={setTask}
        errors={errors.length}
        place={current === null ? 0 : errors.indexOf(current) + 1}
        onStep={goToError}
        wrap={wrap !== null}
        onWrap={() => setWrap(wrap ? null : '1')}
        relative={from !== null}
        onRelative={() => setFrom(from ? null : 'start')}
        url={data?.execution?.logUrl ?? null}
      />
      {logs.state.phase.name === 'waiting' && (
        <Notice kind="warning" title={logs.state.phase.problem} />
      )}
      {lines.length === 0 && logs.state.phase.name === 'live' && !logs.stale ? (
        <Nothing filtered={filtered} over={execution !== null && isTerminal(execution.state)} />
      ) : (
        <LogList
          logs={logs}
          list={list}
          wrap={wrap !== null}
          since={from === null ? null : (execution?.createdAt ?? null)}
          current={current}
          sought={(text ?? '').toLowerCase()}
          showTask={task === null}
          onTask={(line) => setTask(line.taskId)}
        />
      )}
    </section>
  );
}

function Nothing({ filtered, over }: { filtered: boolean; over: boolean }) {
  if (filtered)
    return <Empty title="No line fits">Lower the level or remove a part of the filter.</Empty>;
  if (over)
    return (
      <Empty title="Nothing was written">None of the tasks of this execution wrote a line.</Empty>
    );
  return <Empty title="Nothing written yet">Lines appear here as tasks write them.</Empty>;
}
