import { shown } from './duration';
import { useNow } from './ticker';

interface Props {
  /** RFC 3339. */
  from: string | null | undefined;
  /** Without an end it ticks. */
  to?: string | null;
}

/** How long something took, or has been taking. Same width whatever it says. */
export function Duration({ from, to }: Props) {
  const now = useNow(Boolean(from) && !to);
  if (!from) return <span className="faint">–</span>;
  const end = to ? Date.parse(to) : now;
  return <span className="duration">{shown(end - Date.parse(from))}</span>;
}
