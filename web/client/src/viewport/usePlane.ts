import {
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import {
  type Box,
  fitted,
  panned,
  reveal,
  type Size,
  type Viewport,
  wheelFactor,
  zoomAround,
} from './viewport';

export interface Plane {
  readonly view: Viewport;
  readonly fit: () => void;
  /** Back to `begin`. */
  readonly forget: () => void;
  readonly zoom: (factor: number) => void;
  readonly reveal: (box: Box) => void;
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  /** `f` and `0` fit, `+` and `-` zoom; answers whether the key was one of them. */
  readonly key: (event: KeyboardEvent) => boolean;
}

const DRAG_BEGINS_PX = 4;
const STEP = 1.3;

/** Looking at a plane larger than the screen: it stands at `begin` until somebody moves it. */
export function usePlane(
  element: RefObject<HTMLElement | null>,
  content: Box,
  screen: Size,
  begin: Viewport,
): Plane {
  const [chosen, setChosen] = useState<Viewport | null>(null);
  const view = chosen ?? begin;
  const latest = useRef({ view, screen, content });
  latest.current = { view, screen, content };
  const change = useCallback(
    (next: (view: Viewport) => Viewport) => setChosen(next(latest.current.view)),
    [],
  );

  useEffect(() => {
    const target = element.current;
    if (target === null) return;
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const { left, top } = target.getBoundingClientRect();
      if (zooms(event))
        change((now) =>
          zoomAround(
            now,
            wheelFactor(event.deltaY, event.deltaMode),
            event.clientX - left,
            event.clientY - top,
          ),
        );
      else change((now) => panned(now, -event.deltaX, -event.deltaY));
    };
    target.addEventListener('wheel', wheel, { passive: false });
    return () => target.removeEventListener('wheel', wheel);
  }, [element, change]);

  const zoom = useCallback(
    (factor: number) => {
      const { width, height } = latest.current.screen;
      change((now) => zoomAround(now, factor, width / 2, height / 2));
    },
    [change],
  );
  const showAll = useCallback(
    () => setChosen(fitted(latest.current.content, latest.current.screen)),
    [],
  );
  return {
    view,
    fit: showAll,
    forget: useCallback(() => setChosen(null), []),
    zoom,
    reveal: useCallback(
      (box) => change((now) => reveal(now, box, latest.current.screen)),
      [change],
    ),
    onPointerDown: useCallback((event) => drag(event, change), [change]),
    key: useCallback(
      (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return false;
        if (event.key === 'f' || event.key === '0') showAll();
        else if (event.key === '+' || event.key === '=') zoom(STEP);
        else if (event.key === '-') zoom(1 / STEP);
        else return false;
        return true;
      },
      [showAll, zoom],
    ),
  };
}

/** A pinch or Ctrl always zooms; so does the wheel of a mouse, which turns in whole, large steps. */
const zooms = (event: WheelEvent): boolean =>
  event.ctrlKey ||
  event.metaKey ||
  event.deltaMode !== 0 ||
  (event.deltaX === 0 &&
    Math.abs(event.deltaY) >= 80 &&
    Number.isInteger(event.deltaY) &&
    !event.shiftKey);

function drag(
  event: PointerEvent<HTMLElement>,
  change: (next: (view: Viewport) => Viewport) => void,
): void {
  if (event.button > 1) return;
  const element = event.currentTarget;
  let last = { x: event.clientX, y: event.clientY };
  let moving = false;
  const move = (to: globalThis.PointerEvent) => {
    const [dx, dy] = [to.clientX - last.x, to.clientY - last.y];
    if (!moving && Math.hypot(dx, dy) < DRAG_BEGINS_PX) return;
    if (!moving) element.setPointerCapture(event.pointerId);
    moving = true;
    last = { x: to.clientX, y: to.clientY };
    change((view) => panned(view, dx, dy));
  };
  const leave = () => {
    element.removeEventListener('pointermove', move);
    element.removeEventListener('pointerup', leave);
    element.removeEventListener('pointercancel', leave);
  };
  element.addEventListener('pointermove', move);
  element.addEventListener('pointerup', leave);
  element.addEventListener('pointercancel', leave);
}
