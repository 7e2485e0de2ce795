import { useMemo } from 'react';
import { elapsed } from '../gantt/ruler';
import type { LiveExecution } from '../live/execution';
import { useVersion } from '../live/useLive';
import { Button } from '../ui/Button';
import { moments } from './fold';

interface Props {
  live: LiveExecution;
  /** Null is now. */
  at: number | null;
  onChange: (at: number | null) => void;
}

const MOST_TICKS = 400;

/** Travel through the execution's past: the graph shows the states of that moment. */
export function TimeSlider({ live, at, onChange }: Props) {
  const version = useVersion(live);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version stands for the runs in the store
  const all = useMemo(() => moments(live.runs.values()), [live, version]);
  const first = all[0];
  const last = all.at(-1);
  if (first === undefined || last === undefined || last <= first) return null;
  const share = (moment: number): number => (moment - first) / (last - first);
  const every = Math.ceil(all.length / MOST_TICKS);
  const value = at === null ? all.length : all.findLastIndex((moment) => moment <= at);
  const words = at === null ? 'now' : `${elapsed(Math.round(at - first), 100)} after the start`;
  return (
    <div className="time-slider">
      <span className="time-track">
        <span className="time-ticks" aria-hidden="true">
          {all
            .filter((_, index) => index % every === 0)
            .map((moment) => (
              <i key={moment} style={{ left: `${share(moment) * 100}%` }} />
            ))}
        </span>
        <i className="time-thumb" style={{ left: `${(at === null ? 1 : share(at)) * 100}%` }} />
        <input
          type="range"
          aria-label="Moment shown"
          aria-valuetext={words}
          min={0}
          max={all.length}
          value={value}
          onChange={(event) => onChange(all[Number(event.target.value)] ?? null)}
          onPointerDown={(event) => {
            const strip = event.currentTarget;
            const jump = (clientX: number) => {
              const { left, width } = strip.getBoundingClientRect();
              const wanted = first + ((clientX - left) / width) * (last - first);
              onChange(wanted >= last ? null : Math.max(first, wanted));
            };
            event.preventDefault();
            strip.focus();
            strip.setPointerCapture(event.pointerId);
            jump(event.clientX);
            strip.onpointermove = (move) => jump(move.clientX);
            strip.onpointerup = () => {
              strip.onpointermove = null;
            };
          }}
        />
      </span>
      {at === null ? (
        <span className="time-now faint">now</span>
      ) : (
        <Button className="time-back" onClick={() => onChange(null)}>
          {words} · back to now
        </Button>
      )}
    </div>
  );
}
