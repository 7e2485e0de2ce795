import { useId, useState } from 'react';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { readLabels } from '../ui/labels';
import { Notice } from '../ui/Notice';
import { say } from '../ui/toasts';
import { localNow, toMoment } from './localTime';
import type { Trigger, Triggers } from './useTriggers';

interface Props {
  trigger: Trigger;
  onStart: (wanted: Parameters<Triggers['backfill']>[1]) => Promise<string | null>;
  onClose: () => void;
}

const DAY_MS = 86_400_000;

/** From when to when the moments of a schedule are made up for. */
export function BackfillDialog({ trigger, onStart, onClose }: Props) {
  const id = useId();
  const [from, setFrom] = useState(() => localNow(Date.now() - DAY_MS));
  const [to, setTo] = useState('');
  const [labels, setLabels] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const read = readLabels(labels);
  const wrong = spanProblem(from, to) ?? ('problem' in read ? read.problem : null);
  const submit = async () => {
    if (busy || wrong || 'problem' in read) return;
    setBusy(true);
    const refused = await onStart({
      action: 'START',
      start: toMoment(from),
      end: toMoment(to),
      labels: read.labels.length > 0 ? read.labels : null,
    });
    setBusy(false);
    setProblem(refused);
    if (refused !== null) return;
    say('The backfill has begun');
    onClose();
  };
  return (
    <Dialog
      title={`Make up for the past of ${trigger.triggerId}`}
      onClose={onClose}
      onSubmit={submit}
      actions={
        <>
          <Button onClick={onClose}>Leave it</Button>
          <Button type="submit" look="primary" disabled={busy || wrong !== null}>
            Start the backfill
          </Button>
        </>
      }
    >
      <p className="muted">
        One execution for each moment of the schedule in this span, the oldest first. The schedule
        itself goes on.
      </p>
      <div className="backfill-span">
        <div className="field">
          <label htmlFor={`${id}-from`}>From</label>
          <input
            id={`${id}-from`}
            type="datetime-local"
            className="input"
            value={from}
            onChange={(event) => setFrom(event.target.value)}
          />
        </div>
        <div className="field">
          <label htmlFor={`${id}-to`}>To</label>
          <input
            id={`${id}-to`}
            type="datetime-local"
            className="input"
            value={to}
            onChange={(event) => setTo(event.target.value)}
          />
          <span className="hint">Now, when left empty.</span>
        </div>
      </div>
      <div className="field">
        <label htmlFor={`${id}-labels`}>Labels</label>
        <input
          id={`${id}-labels`}
          className="input"
          placeholder="reason:outage"
          value={labels}
          onChange={(event) => setLabels(event.target.value)}
        />
      </div>
      {wrong && <p className="wrong">{wrong}</p>}
      {problem && <Notice title={problem} />}
    </Dialog>
  );
}

function spanProblem(from: string, to: string): string | null {
  const [start, end] = [toMoment(from), toMoment(to)];
  if (start === null) return 'Say from when.';
  if (end !== null && end <= start) return 'The end must come after the beginning.';
  return null;
}
