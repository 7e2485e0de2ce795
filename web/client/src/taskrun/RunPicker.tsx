import type { LiveExecution } from '../live/execution';
import type { RunRecord } from '../live/records';
import { Button } from '../ui/Button';
import { nextFailed, siblingsOf } from './runOf';

interface Props {
  live: LiveExecution;
  run: RunRecord;
  onPick: (id: string) => void;
}

/** From one turn of a loop to the next, or straight to the next that failed. */
export function RunPicker({ live, run, onPick }: Props) {
  const siblings = siblingsOf(live.runs, run.taskId);
  if (siblings.length < 2) return null;
  const at = siblings.findIndex(({ id }) => id === run.id);
  const pick = (to: RunRecord | null | undefined) => to && onPick(to.id);
  const failed = nextFailed(siblings, at);
  return (
    <span className="run-picker number">
      {failed !== null && failed.id !== run.id && (
        <Button look="quiet" onClick={() => pick(failed)}>
          Next failed
        </Button>
      )}
      <Button
        look="quiet"
        icon="left"
        aria-label="Previous run of this task"
        disabled={at <= 0}
        onClick={() => pick(siblings[at - 1])}
      />
      {at + 1}/{siblings.length}
      <Button
        look="quiet"
        icon="right"
        aria-label="Next run of this task"
        disabled={at >= siblings.length - 1}
        onClick={() => pick(siblings[at + 1])}
      />
    </span>
  );
}
