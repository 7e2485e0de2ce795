import { shown } from '../ui/duration';
import { useNow } from '../ui/ticker';

interface Props {
  /** Milliseconds since the epoch. */
  from: number;
  /** Null while it goes on. */
  to: number | null;
  ticking: boolean;
}

/** How long something took; ticks while it goes on. */
export function Elapsed({ from, to, ticking }: Props) {
  const now = useNow(ticking && to === null);
  if (to === null && !ticking) return <span className="duration faint">–</span>;
  return <span className="duration">{shown((to ?? now) - from)}</span>;
}
