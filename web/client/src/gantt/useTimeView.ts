import { useCallback, useRef, useState } from 'react';
import type { LiveExecution } from '../live/execution';
import { useFrame } from '../live/useFrame';
import { useExecution } from '../live/useLive';
import { isTerminal } from '../states/states';
import { domainOf, panBy, type TimeWindow, within, zoomAt } from '../viewport/timeWindow';
import type { View } from './view';

export interface TimeView {
  readonly view: View;
  readonly domain: TimeWindow;
  /** Whether the whole is shown. */
  readonly fitted: boolean;
  readonly ongoing: boolean;
  readonly fit: () => void;
  readonly show: (window: TimeWindow) => void;
  readonly zoom: (factor: number, at: number) => void;
  readonly pan: (ms: number) => void;
}

const GLIDE_MS = 120;
const NOTHING: TimeWindow = { from: 0, to: 1000 };

/** Which stretch of time is on screen. Fitted, it follows the execution as it grows; otherwise it stays. */
export function useTimeView(live: LiveExecution, width: number): TimeView {
  const execution = useExecution(live);
  const [domain, setDomain] = useState<TimeWindow | null>(null);
  const [chosen, setChosen] = useState<TimeWindow | null>(null);
  const [gliding, setGliding] = useState<{ from: TimeWindow; begun: number } | null>(null);
  const [, redraw] = useState(0);
  const ongoing = execution !== null && !isTerminal(execution.state);

  const wanted =
    execution === null ? null : domainOf(execution.createdAt, lastMoment(live), ongoing, domain);
  if (wanted !== null && differ(wanted, domain)) {
    if (domain !== null && chosen === null && !reducedMotion())
      setGliding({ from: domain, begun: performance.now() });
    setDomain(wanted);
  }
  useFrame(ongoing || gliding !== null, () => {
    if (gliding !== null && performance.now() - gliding.begun > GLIDE_MS) setGliding(null);
    else if (gliding !== null) redraw((count) => count + 1);
    if (execution === null || !ongoing) return;
    const next = domainOf(execution.createdAt, lastMoment(live), ongoing, domain);
    if (next !== domain) redraw((count) => count + 1);
  });

  const whole = domain ?? NOTHING;
  const window = chosen ?? glided(gliding, whole);
  const latest = useRef({ window, whole });
  latest.current = { window, whole };
  return {
    view: { window, width: Math.max(width, 1) },
    domain: whole,
    fitted: chosen === null,
    ongoing,
    fit: useCallback(() => setChosen(null), []),
    show: useCallback((next: TimeWindow) => setChosen(within(next, latest.current.whole)), []),
    zoom: useCallback((factor: number, at: number) => {
      const { window: now, whole: all } = latest.current;
      const next = zoomAt(now, factor, at, all);
      setChosen(next.to - next.from >= all.to - all.from ? null : next);
    }, []),
    pan: useCallback((ms: number) => {
      const { window: now, whole: all } = latest.current;
      if (now.to - now.from < all.to - all.from) setChosen(panBy(now, ms, all));
    }, []),
  };
}

const differ = (a: TimeWindow, b: TimeWindow | null): boolean =>
  a.from !== b?.from || a.to !== b.to;

/** The end of the last run, which may lie after the execution's own, or now while it goes on. */
function lastMoment(live: LiveExecution): number {
  const { execution } = live;
  if (execution === null) return 0;
  if (!isTerminal(execution.state)) return live.clock.now();
  return execution.endedAt ?? live.clock.now();
}

function glided(gliding: { from: TimeWindow; begun: number } | null, to: TimeWindow): TimeWindow {
  if (gliding === null) return to;
  const share = Math.min(1, (performance.now() - gliding.begun) / GLIDE_MS);
  const eased = 1 - (1 - share) ** 3;
  const { from } = gliding;
  return {
    from: from.from + (to.from - from.from) * eased,
    to: from.to + (to.to - from.to) * eased,
  };
}

const reducedMotion = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;
