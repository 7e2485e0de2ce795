import { type KeyboardEvent, type UIEvent, useCallback, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useUrlState } from '../app/urlState';
import type { LiveExecution } from '../live/execution';
import { Empty } from '../ui/Empty';
import { around } from '../viewport/timeWindow';
import { useBox } from '../viewport/useBox';
import { extent } from './bars';
import type { Before } from './before';
import { GanttCanvas } from './GanttCanvas';
import { GanttRow, rowId } from './GanttRow';
import { GanttTip } from './GanttTip';
import { commandOf, type GanttCommand } from './keys';
import type { Branch } from './outline';
import type { Tick } from './ruler';
import { useGanttPointer } from './useGanttPointer';
import type { GanttRows } from './useGanttRows';
import type { TimeView } from './useTimeView';
import type { Usual } from './usual';
import { ROW, rowsInSight } from './view';

interface Props {
  live: LiveExecution;
  rows: GanttRows;
  time: TimeView;
  marks: readonly Tick[];
  path: readonly string[];
  usual: ReadonlyMap<string, Usual>;
  before: Before | null;
  labels: number;
  onCritical: () => void;
  /** Told the element that holds the running bars. */
  onBody: (element: HTMLElement | null) => void;
}

/** The rows in sight, walked by keys, over the canvas of grid and critical path. */
export function GanttBody(props: Props) {
  const { live, rows, time, marks, path, usual, before, labels, onCritical, onBody } = props;
  const body = useRef<HTMLDivElement>(null);
  const { height } = useBox(body);
  const [scroll, setScroll] = useState(0);
  const [active, setActive] = useState<string | null>(null);
  const [task, setTask] = useUrlState('task');
  const pointer = useGanttPointer(body, labels, time);
  const { view } = time;
  const count = rows.rows.length;
  const [first, last] = rowsInSight(scroll, height, count);
  const chosen = active ?? task;
  const current = chosen === null ? -1 : rows.rows.findIndex(({ key }) => key === chosen);

  useEffect(() => {
    onBody(body.current);
  }, [onBody]);

  // Drawn in the frame of the scroll itself: no empty rows flash by, and reading the place costs no layout.
  const scrolled = ({ currentTarget: { scrollTop } }: UIEvent) =>
    flushSync(() => setScroll(scrollTop));
  const goTo = (index: number) => {
    const row = rows.rows[Math.max(0, Math.min(count - 1, index))];
    if (row === undefined || body.current === null) return;
    setActive(row.key);
    bringIntoSight(body.current, rows.rows.indexOf(row) * ROW);
  };
  const zoomTo = (row: Branch | undefined) => {
    const run = row?.runId ? live.runs.get(row.runId) : undefined;
    if (run === undefined) return;
    const { from, to } = extent(run, live.clock.now());
    time.show(around(from, to, time.domain));
  };
  const { setOpen, isOpen } = rows;
  const toggle = useCallback(
    (branch: Branch) => setOpen(branch, !isOpen(branch)),
    [setOpen, isOpen],
  );
  const run = (command: GanttCommand) => {
    const row = rows.rows[current];
    const middle = (view.window.from + view.window.to) / 2;
    switch (command.do) {
      case 'move':
        return goTo(current < 0 ? 0 : current + command.by);
      case 'jump':
        return goTo(command.to === 'first' ? 0 : count - 1);
      case 'open':
        return row?.children.length && !isOpen(row) ? setOpen(row, true) : goTo(current + 1);
      case 'close':
        if (row?.children.length && isOpen(row)) return setOpen(row, false);
        return row?.parent ? goTo(rows.rows.indexOf(row.parent)) : undefined;
      case 'select':
        return row?.runId ? setTask(row.runId) : row && toggle(row);
      case 'clear':
        return setTask(null);
      case 'fit':
        return time.fit();
      case 'critical':
        return onCritical();
      case 'reveal':
        return zoomTo(row);
      case 'zoom':
        return time.zoom(command.factor, middle);
      case 'pan':
        return time.pan((view.window.to - view.window.from) * command.share);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const command = commandOf(event);
    if (command === null) return;
    event.preventDefault();
    event.stopPropagation();
    run(command);
  };
  const rowAt = (target: EventTarget): Branch | undefined => {
    const key = (target as Element).closest<HTMLElement>('[data-key]')?.dataset.key;
    return rows.rows.find((row) => row.key === key);
  };
  return (
    <div
      ref={body}
      role="treegrid"
      tabIndex={0}
      aria-label="Task runs"
      aria-rowcount={count}
      aria-activedescendant={rows.rows[current] && rowId(rows.rows[current].key)}
      className="gantt-body"
      onScroll={scrolled}
      onKeyDown={onKeyDown}
      onPointerDown={pointer.down}
      onPointerMove={pointer.hover}
      onPointerLeave={pointer.hide}
      onClick={({ target }) => {
        const row = pointer.wasDragged() ? undefined : rowAt(target);
        if (row === undefined) return;
        setActive(row.key);
        if (row.runId === null) toggle(row);
        else setTask(row.runId);
      }}
      onDoubleClick={({ target }) => zoomTo(rowAt(target))}
    >
      <div className="gantt-under" aria-hidden="true">
        <GanttCanvas
          live={live}
          rows={rows}
          view={view}
          marks={marks}
          path={path}
          usual={usual}
          before={before}
          scroll={scroll}
          height={height}
          ongoing={time.ongoing}
        />
        {time.ongoing && <i className="gantt-now" />}
      </div>
      <div role="rowgroup" className="gantt-rows" style={{ height: count * ROW }}>
        {rows.rows.slice(first, last).map((row, offset) => (
          <GanttRow
            key={row.key}
            live={live}
            branch={row}
            index={first + offset}
            open={isOpen(row)}
            selected={row.key === task}
            active={first + offset === current}
            view={view}
            onToggle={toggle}
          />
        ))}
      </div>
      {count === 0 && time.ongoing && (
        <Empty title="Waiting for the first task">Its bar will appear here by itself.</Empty>
      )}
      {pointer.pointed && (
        <GanttTip live={live} pointed={pointer.pointed} usual={usual} before={before} />
      )}
    </div>
  );
}

function bringIntoSight(body: HTMLElement, top: number): void {
  if (top < body.scrollTop) body.scrollTop = top;
  else if (top + ROW > body.scrollTop + body.clientHeight)
    body.scrollTop = top + ROW - body.clientHeight;
}
