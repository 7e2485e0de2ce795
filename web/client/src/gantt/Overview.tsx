import { type PointerEvent, useEffect, useRef } from 'react';
import type { LiveExecution } from '../live/execution';
import { usePalette } from '../states/palette';
import { sized } from '../viewport/canvas';
import { SHORTEST_MS, toPixels, toTime } from '../viewport/timeWindow';
import { everyRun } from './outline';
import { paintOverview } from './paint';
import type { GanttRows } from './useGanttRows';
import type { TimeView } from './useTimeView';

const HEIGHT = 44;
const REPAINT_MS = 250;
const GRIP = 8;

/** The whole execution in one strip, with a brush over the part that is shown below. */
export function Overview({
  live,
  rows,
  time,
}: {
  live: LiveExecution;
  rows: GanttRows;
  time: TimeView;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const palette = usePalette();
  const { domain, view, ongoing } = time;
  const { width } = view;
  const whole = useRef({ window: domain, width });
  whole.current = { window: domain, width };

  useEffect(() => {
    let painted = -1;
    const paint = () => {
      const pen = canvas.current && sized(canvas.current, width, HEIGHT);
      if (!pen) return;
      painted = live.runs.version;
      const order = everyRun(rows.outline.roots);
      paintOverview(
        pen,
        { window: domain, width },
        HEIGHT,
        order,
        live.runs,
        live.clock.now(),
        palette,
      );
    };
    paint();
    const timer = setInterval(
      () => (ongoing || painted !== live.runs.version) && paint(),
      REPAINT_MS,
    );
    return () => clearInterval(timer);
  }, [live, rows.outline, domain, width, palette, ongoing]);

  const left = toPixels(domain, width, view.window.from);
  const right = toPixels(domain, width, view.window.to);
  return (
    <div
      role="group"
      aria-label="The whole time"
      className="gantt-overview"
      style={{ height: HEIGHT }}
      onPointerDown={(event) => brush(event, time)}
      onDoubleClick={time.fit}
    >
      <canvas
        ref={canvas}
        style={{ width, height: HEIGHT }}
        role="img"
        aria-label="All task runs over time"
      />
      {!time.fitted && (
        <div
          className="gantt-brush"
          style={{ left, width: Math.max(4, right - left) }}
          aria-hidden="true"
        />
      )}
    </div>
  );
}

/** Inside the brush a drag moves it, at its edges it stretches, elsewhere it draws a new one. */
function brush(event: PointerEvent<HTMLDivElement>, time: TimeView): void {
  if (event.button !== 0) return;
  const strip = event.currentTarget;
  const { left: origin } = strip.getBoundingClientRect();
  const { domain, view } = time;
  const at = (clientX: number): number => toTime(domain, view.width, clientX - origin);
  const begun = at(event.clientX);
  const { from, to } = view.window;
  const x = event.clientX - origin;
  const near = (edge: number): boolean => Math.abs(x - toPixels(domain, view.width, edge)) < GRIP;
  const inside = begun > from && begun < to && !time.fitted;
  const fixed = !time.fitted && near(from) ? to : !time.fitted && near(to) ? from : begun;
  const moves = inside && fixed === begun;
  strip.setPointerCapture(event.pointerId);
  const follow = (move: globalThis.PointerEvent) => {
    const now = at(move.clientX);
    if (moves) time.show({ from: from + now - begun, to: to + now - begun });
    else if (Math.abs(now - fixed) > SHORTEST_MS)
      time.show({ from: Math.min(fixed, now), to: Math.max(fixed, now) });
  };
  const leave = () => {
    strip.removeEventListener('pointermove', follow);
    strip.removeEventListener('pointerup', leave);
    strip.removeEventListener('pointercancel', leave);
  };
  strip.addEventListener('pointermove', follow);
  strip.addEventListener('pointerup', leave);
  strip.addEventListener('pointercancel', leave);
}
