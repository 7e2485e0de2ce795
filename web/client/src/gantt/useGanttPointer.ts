import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { toTime } from '../viewport/timeWindow';
import { wheelFactor } from '../viewport/viewport';
import type { Pointed } from './GanttTip';
import type { TimeView } from './useTimeView';

const DRAG_BEGINS_PX = 4;

/** Ctrl and wheel zooms at the pointer, a sideways wheel and a drag pan, the pointer brings up the tooltip. */
export function useGanttPointer(
  body: RefObject<HTMLElement | null>,
  labels: number,
  time: TimeView,
) {
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const latest = useRef({ time, labels });
  latest.current = { time, labels };
  const dragged = useRef(false);

  useEffect(() => {
    const element = body.current;
    if (element === null) return;
    const wheel = (event: WheelEvent) => {
      const { time: now, labels: offset } = latest.current;
      const { window, width } = now.view;
      const sideways = event.shiftKey ? event.deltaY : event.deltaX;
      if (event.ctrlKey || event.metaKey) {
        const x = event.clientX - element.getBoundingClientRect().left - offset;
        now.zoom(wheelFactor(event.deltaY, event.deltaMode), toTime(window, width, x));
      } else if (Math.abs(sideways) > Math.abs(event.shiftKey ? 0 : event.deltaY))
        now.pan((sideways / width) * (window.to - window.from));
      else return;
      event.preventDefault();
      setPointed(null);
    };
    element.addEventListener('wheel', wheel, { passive: false });
    return () => element.removeEventListener('wheel', wheel);
  }, [body]);

  const down = (event: PointerEvent<HTMLElement>) => {
    dragged.current = false;
    const onTrack = (event.target as Element).closest('.gantt-track') !== null;
    if (event.button !== 0 || !onTrack || event.pointerType === 'touch') return;
    const element = event.currentTarget;
    let last = event.clientX;
    const begun = last;
    const move = (to: globalThis.PointerEvent) => {
      if (!dragged.current && Math.abs(to.clientX - begun) < DRAG_BEGINS_PX) return;
      if (!dragged.current) element.setPointerCapture(event.pointerId);
      dragged.current = true;
      const { view, pan } = latest.current.time;
      pan(((last - to.clientX) / view.width) * (view.window.to - view.window.from));
      last = to.clientX;
    };
    const leave = () => {
      element.removeEventListener('pointermove', move);
      element.removeEventListener('pointerup', leave);
      element.removeEventListener('pointercancel', leave);
    };
    element.addEventListener('pointermove', move);
    element.addEventListener('pointerup', leave);
    element.addEventListener('pointercancel', leave);
  };

  const hover = (event: PointerEvent<HTMLElement>) => {
    const track = (event.target as Element).closest('.gantt-track');
    const key = track?.closest<HTMLElement>('[data-key]')?.dataset.key ?? null;
    if (key === null || dragged.current || key.includes('/')) setPointed(null);
    else setPointed({ runId: key, x: event.clientX, y: event.clientY });
  };

  return { pointed, hide: () => setPointed(null), down, hover, wasDragged: () => dragged.current };
}
