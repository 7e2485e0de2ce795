import './bulk.css';
import { useEffect, useRef } from 'react';
import { ACTIONS } from '../executions/actions';
import { Button } from '../ui/Button';
import { Icon } from '../ui/Icon';
import { OperationDialog } from './OperationDialog';
import {
  dismiss,
  findUnderway,
  isOver,
  type Operation,
  open,
  useOpened,
  useOperations,
} from './operations';
import { Counts, Progress } from './Progress';
import { WORDS } from './words';

/** Operations on many executions, on whatever page; those begun before a reload are found again. */
export default function BulkTray() {
  const operations = useOperations();
  const opened = useOpened();
  const latest = useRef<Operation | null>(null);
  useEffect(() => {
    // Without an answer nothing is shown, as when nothing runs; the pages say that the server is away.
    findUnderway().catch(() => undefined);
  }, []);
  // What ends while it is looked at stays until it is closed.
  const whole = operations.find(({ id }) => id === opened) ?? latest.current;
  latest.current = opened ? whole : null;
  return (
    <>
      <section className="bulk-tray" aria-label="Operations on many executions">
        {operations
          .filter(({ id }) => id !== opened)
          .map((operation) => (
            <Card key={operation.id} operation={operation} />
          ))}
      </section>
      {opened && whole && <OperationDialog operation={whole} onClose={() => closed(whole)} />}
    </>
  );
}

/** Once its end was seen there is no more to say of it. */
function closed(operation: Operation): void {
  open(null);
  if (isOver(operation)) dismiss(operation.id);
}

function Card({ operation }: { operation: Operation }) {
  const { action, id } = operation;
  const over = isOver(operation);
  return (
    <div className="bulk-card">
      <Icon name={ACTIONS[action].icon} size={14} />
      <button type="button" className="bulk-card-open" onClick={() => open(id)}>
        <strong>{over ? WORDS[action].done : WORDS[action].doing}</strong>
        <Counts operation={operation} />
      </button>
      {over && (
        <Button look="quiet" icon="close" aria-label="Dismiss" onClick={() => dismiss(id)} />
      )}
      <Progress operation={operation} />
    </div>
  );
}
