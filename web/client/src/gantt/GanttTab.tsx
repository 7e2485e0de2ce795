import { memo, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useKeys } from '../app/keys';
import { useUrlState } from '../app/urlState';
import type { LiveExecution } from '../live/execution';
import { useFrame } from '../live/useFrame';
import { useExecution, useHealth, useLiveExecution, usePacedVersion } from '../live/useLive';
import { StateShape } from '../states/StateShape';
import type { State } from '../states/states';
import { Button } from '../ui/Button';
import { Empty } from '../ui/Empty';
import { Notice } from '../ui/Notice';
import { shownCount } from '../ui/number';
import { useBox } from '../viewport/useBox';
import './bars.css';
import './gantt.css';
import { CompareButton } from './CompareButton';
import { GanttBody } from './GanttBody';
import { grow } from './grow';
import { Overview } from './Overview';
import { Ruler } from './Ruler';
import { ticks } from './ruler';
import { useBefore } from './useBefore';
import { useCriticalPath } from './useCriticalPath';
import { useGanttRows } from './useGanttRows';
import { useLabelWidth } from './useLabelWidth';
import { useTimeView } from './useTimeView';
import { useUsual } from './useUsual';
import { nowOn } from './view';

/** An execution's task runs over time, live. */
export default function GanttTab({ executionId }: { executionId: string }) {
  const live = useLiveExecution(executionId);
  const execution = useExecution(live);
  const { phase } = useHealth(live);
  const frame = useRef<HTMLElement>(null);
  const { width } = useBox(frame);
  const [labels, resizeLabels] = useLabelWidth(width);
  const time = useTimeView(live, width - labels - SCROLLBAR);
  const rows = useGanttRows(live);
  const [critical, setCritical] = useUrlState('critical');
  const path = useCriticalPath(live, critical !== null);
  const usual = useUsual(executionId);
  const [beside, setBeside] = useUrlState('beside');
  const compared = useBefore(executionId, beside !== null);
  const before = compared === 'none' ? null : compared;
  const { view } = time;
  const start = execution?.createdAt ?? view.window.from;
  const marks = useMemo(
    () => ticks(view.window, view.width, start),
    [view.window, view.width, start],
  );
  const [body, setBody] = useState<HTMLElement | null>(null);
  const place = () => {
    if (body !== null) grow(body, nowOn(view, live.clock.now()));
  };
  useFrame(time.ongoing, place);
  useLayoutEffect(place);

  const toggleCritical = () => setCritical(critical === null ? '1' : null);
  const toggleBeside = () => setBeside(beside === null ? '1' : null);
  useKeys({ f: time.fit, c: toggleCritical, b: toggleBeside });

  if (phase.name === 'gone') return <Notice title={phase.problem} />;
  if (execution !== null && rows.rows.length === 0 && !time.ongoing)
    return (
      <Empty title="No task has run">
        This execution ended before its first task. The Logs tab and its state history say why.
      </Empty>
    );
  return (
    <section
      ref={frame}
      className="gantt"
      aria-label="Gantt"
      data-narrow={labels < WITH_DURATIONS || undefined}
      style={{ '--labels': `${labels}px` }}
    >
      <header className="gantt-tools">
        <Tally live={live} />
        <span className="gantt-space" />
        <CompareButton compared={compared} on={beside !== null} onToggle={toggleBeside} />
        <Button look="quiet" aria-pressed={critical !== null} keys="c" onClick={toggleCritical}>
          Critical path
        </Button>
        <Button look="quiet" keys="f" disabled={time.fitted} onClick={time.fit}>
          Fit
        </Button>
      </header>
      <div className="gantt-strip">
        <span className="gantt-corner muted">Overview</span>
        <Overview live={live} rows={rows} time={time} />
      </div>
      <Ruler marks={marks} view={view} onResize={resizeLabels} labels={labels} />
      <GanttBody
        live={live}
        rows={rows}
        time={time}
        marks={marks}
        path={path}
        usual={usual}
        before={before}
        labels={labels}
        onCritical={toggleCritical}
        onBody={setBody}
      />
    </section>
  );
}

const SCROLLBAR = 12;
/** Narrower columns of names have no room for durations; bars and tooltips still tell them. */
const WITH_DURATIONS = 200;

/** How many runs there are in each state. */
const Tally = memo(function Tally({ live }: { live: LiveExecution }) {
  usePacedVersion(live);
  const counts = new Map<State, number>();
  for (const { state } of live.runs.values()) counts.set(state, (counts.get(state) ?? 0) + 1);
  return (
    <span className="gantt-tally number">
      {[...counts].map(([state, runs]) => (
        <span key={state} data-state={state}>
          <StateShape state={state} size={12} label still />
          {shownCount(runs)}
        </span>
      ))}
    </span>
  );
});
