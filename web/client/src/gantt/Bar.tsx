import { memo } from 'react';
import type { RunRecord } from '../live/records';
import { STATES } from '../states/states';
import { place, type Segment, segments } from './bars';
import { pixelsPerMs, type View } from './view';

interface Props {
  run: RunRecord;
  view: View;
  /** Its work is done by the runs in it: drawn slender, so that these stand out. */
  holds: boolean;
}

/** The bar of one task run: its segments on the strip. The width of what goes on is written each frame by `grow`. */
export const Bar = memo(function Bar({ run, view, holds }: Props) {
  if (run.state === 'SKIPPED') return <Moment run={run} view={view} />;
  const parts = segments(run);
  if (parts.length === 0) return <Moment run={run} view={view} />;
  const many = parts.some(isSecondTry);
  return parts.map((part, at) => (
    <Part
      key={`${part.kind}${part.from}`}
      part={part}
      view={view}
      many={many}
      holds={holds}
      last={at === parts.length - 1}
    />
  ));
});

const isSecondTry = (part: Segment): boolean => part.attempt > 1;

interface PartProps {
  part: Segment;
  view: View;
  /** There are several attempts: each says its number. */
  many: boolean;
  holds: boolean;
  last: boolean;
}

function Part({ part, view, many, holds, last }: PartProps) {
  const { window, width } = view;
  const end = part.to ?? window.to;
  const box = place(part.from, Math.max(end, part.from), pixelsPerMs(view), window.from, width);
  if (box === null) return null;
  const grows = part.to === null;
  const style = grows ? { left: box.left } : box;
  return (
    <span
      className={`gantt-bar${part.past ? ' past' : ''}${holds ? ' holds' : ''}`}
      data-state={part.state}
      data-kind={part.kind}
      data-fill={part.kind === 'running' && !last && !grows ? 'solid' : STATES[part.state].fill}
      data-grows={grows || undefined}
      style={style}
    >
      {many && part.attempt > 0 && box.width > 10 && <b>{part.attempt}</b>}
    </span>
  );
}

/** A run that came and went at once. */
function Moment({ run, view }: { run: RunRecord; view: View }) {
  const at = run.history.at(-1)?.at ?? 0;
  const box = place(at, at, pixelsPerMs(view), view.window.from, view.width);
  if (box === null) return null;
  return (
    <span
      className="gantt-bar moment"
      data-state={run.state}
      data-fill={STATES[run.state].fill}
      style={{ left: box.left }}
    />
  );
}
