import { shownCount } from '../ui/number';
import type { LiveExecution } from './execution';
import { useStructure } from './useLive';

/** How many task runs there are; only it is drawn anew when one comes. */
export function RunCount({ live }: { live: LiveExecution }) {
  useStructure(live);
  return shownCount(live.runs.size);
}
