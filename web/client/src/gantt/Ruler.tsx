import type { PointerEvent } from 'react';
import type { Tick } from './ruler';
import { pixelsPerMs, type View } from './view';

interface Props {
  marks: readonly Tick[];
  view: View;
  labels: number;
  onResize: (width: number) => void;
}

const KEY_STEP = 16;
/** Pixels that the longest word of a mark takes. */
const LABEL_ROOM = 44;

/** The head of the table: the column of names with its handle, and the marks of time. */
export function Ruler({ marks, view, labels, onResize }: Props) {
  const scale = pixelsPerMs(view);
  const drag = (event: PointerEvent<HTMLElement>) => {
    const handle = event.currentTarget;
    const offset = labels - event.clientX;
    handle.setPointerCapture(event.pointerId);
    const move = (to: globalThis.PointerEvent) => onResize(to.clientX + offset);
    handle.addEventListener('pointermove', move);
    handle.addEventListener('pointerup', () => handle.removeEventListener('pointermove', move), {
      once: true,
    });
  };
  return (
    <div className="gantt-ruler">
      <span className="gantt-corner muted">Task</span>
      <div
        role="separator"
        tabIndex={0}
        aria-orientation="vertical"
        aria-label="Width of the names"
        aria-valuenow={labels}
        className="gantt-handle"
        onPointerDown={drag}
        onKeyDown={(event) => {
          if (event.key === 'ArrowLeft') onResize(labels - KEY_STEP);
          if (event.key === 'ArrowRight') onResize(labels + KEY_STEP);
        }}
      />
      <div className="gantt-marks number" aria-hidden="true">
        {marks.map(({ at, label }) => (
          // A word that the edge would cut is left out; its line stays.
          <span key={at} style={{ left: (at - view.window.from) * scale }}>
            {(at - view.window.from) * scale < view.width - LABEL_ROOM && label}
          </span>
        ))}
      </div>
    </div>
  );
}
