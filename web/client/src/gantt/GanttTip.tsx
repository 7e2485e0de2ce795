import { useLayoutEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import type { LiveExecution } from '../live/execution';
import { createdAt } from '../live/records';
import { useRun } from '../live/useLive';
import { StateShape } from '../states/StateShape';
import { STATES } from '../states/states';
import { shown } from '../ui/duration';
import { useNow } from '../ui/ticker';
import { preciseTime } from '../ui/time';
import { spent } from './bars';
import { type Before, lasted, pathOf } from './before';
import { nameOf, type Usual } from './usual';

export interface Pointed {
  readonly runId: string;
  readonly x: number;
  readonly y: number;
}

interface Props {
  live: LiveExecution;
  pointed: Pointed;
  usual: ReadonlyMap<string, Usual>;
  before: Before | null;
}

/** The one tooltip: how long the run waited, ran and stood still, and since when. Outside the rows, whose containment would move it. */
export function GanttTip({ live, pointed, usual, before }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const run = useRun(live, pointed.runId);
  const goesOn = run !== undefined && !STATES[run.state].terminal;
  const ticked = useNow(goesOn);
  useLayoutEffect(() => {
    const tip = box.current;
    if (tip === null) return;
    const left = Math.min(pointed.x + 14, innerWidth - tip.offsetWidth - 12);
    const below = pointed.y + 18;
    const top =
      below + tip.offsetHeight > innerHeight - 12 ? pointed.y - tip.offsetHeight - 12 : below;
    tip.style.translate = `${Math.max(12, left)}px ${top}px`;
  });
  if (run === undefined) return null;
  const usually = usual.get(nameOf(run));
  const earlier = before?.places.get(pathOf(run, live.runs));
  const sums = spent(run, goesOn ? ticked : Date.now());
  const tries = run.history.filter((moment) => moment.state === 'RUNNING').length;
  return createPortal(
    <div ref={box} className="gantt-tip" role="tooltip">
      <header>
        <StateShape state={run.state} />
        <strong className="clip">{run.taskId}</strong>
        {run.value !== null && <span className="gantt-value clip">{run.value}</span>}
        <span className="muted">{STATES[run.state].word}</span>
      </header>
      <dl className="number">
        <Line name="Whole" value={shown(sums.total)} />
        <Line name="Waited" value={shown(sums.waiting)} />
        <Line name="Ran" value={shown(sums.running)} />
        {sums.paused > 0 && <Line name="Paused" value={shown(sums.paused)} />}
        {usually && (
          <Line name="Usually" value={`${shown(usually.half)} – ${shown(usually.most)}`} />
        )}
        {earlier && <Line name="Before" value={besideWords(lasted(earlier), sums.total)} />}
        <Line name="Made at" value={preciseTime(new Date(createdAt(run)))} />
        {tries > 1 && <Line name="Attempts" value={String(tries)} />}
      </dl>
      {run.problem !== null && <p>{run.problem}</p>}
    </div>,
    document.body,
  );
}

function Line({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** How long it took in the execution before, and what the difference is. */
function besideWords(before: number, now: number): string {
  const more = Math.round(now - before);
  if (more === 0) return `${shown(before)}, the same`;
  return `${shown(before)}, now ${shown(Math.abs(more))} ${more > 0 ? 'more' : 'less'}`;
}
