import './bulk.css';
import { useState } from 'react';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Notice } from '../ui/Notice';
import { Failures } from './Failures';
import { cancel, isOver, type Operation } from './operations';
import { Counts, Progress } from './Progress';
import { executionsOf, WORDS } from './words';

/** One operation whole: how far it is, a way to leave the rest alone, and in the end what was not done. */
export function OperationDialog({
  operation,
  onClose,
}: {
  operation: Operation;
  onClose: () => void;
}) {
  const [problem, setProblem] = useState<string | null>(null);
  const { doing, done } = WORDS[operation.action];
  const over = isOver(operation);
  return (
    <Dialog
      wide
      title={over ? endOf(operation, done) : `${doing}: ${executionsOf(operation.total)}`}
      onClose={onClose}
      onSubmit={onClose}
      actions={
        over ? (
          <Button look="primary" onClick={onClose}>
            Close
          </Button>
        ) : (
          <>
            <Button
              disabled={operation.state === 'CANCELLING'}
              onClick={async () => setProblem(await cancel(operation.id))}
            >
              {operation.state === 'CANCELLING' ? 'Stopping' : 'Leave the rest alone'}
            </Button>
            <Button look="primary" onClick={onClose}>
              Go on in the background
            </Button>
          </>
        )
      }
    >
      <div className="bulk-whole">
        <Progress operation={operation} />
        <Counts operation={operation} />
      </div>
      {over && operation.failed > 0 && <Failures id={operation.id} />}
      {problem && <Notice title={problem} />}
    </Dialog>
  );
}

function endOf({ state, succeeded, failed }: Operation, done: string): string {
  if (state === 'CANCELLED') return `Stopped before the end: ${executionsOf(succeeded)} done`;
  if (succeeded === 0 && failed > 0) return 'Nothing was done';
  return `${done}: ${executionsOf(succeeded)}`;
}
