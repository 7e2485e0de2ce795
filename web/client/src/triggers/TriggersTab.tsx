import '../executions/executions.css';
import './triggers.css';
import { useState } from 'react';
import { useRoom } from '../executions/columnChoice';
import { Empty } from '../ui/Empty';
import { Notice } from '../ui/Notice';
import { Skeleton } from '../ui/Skeleton';
import { BackfillDialog } from './BackfillDialog';
import { TriggerRow } from './TriggerRow';
import { type Trigger, useTriggers } from './useTriggers';

interface Props {
  namespace: string;
  flowId: string;
}

const COLUMNS = ['Trigger', 'Fires', 'Next', 'Last', 'Last execution', 'On'];
/** What a telephone has no room for. */
const WIDE_ONLY = ['Last', 'Last execution'];
const NARROW_PX = 600;

/** What starts the flow by itself: when, when next, what it started last, on or off. */
export default function TriggersTab({ namespace, flowId }: Props) {
  const { triggers, problem, setDisabled, backfill } = useTriggers(namespace, flowId);
  const [open, setOpen] = useState<string | null>(null);
  const [asked, setAsked] = useState<Trigger | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const said = refused ?? problem;
  const narrow = useRoom() < NARROW_PX;
  const columns = narrow ? COLUMNS.filter((title) => !WIDE_ONLY.includes(title)) : COLUMNS;
  if (triggers?.length === 0)
    return (
      <Empty title="Nothing starts it by itself">
        Write <code>triggers</code> into its YAML, such as a schedule or a webhook.
      </Empty>
    );
  return (
    <div className="triggers">
      {said && <Notice title={said} />}
      <table className="table" aria-busy={!triggers}>
        <thead>
          <tr>
            {columns.map((title) => (
              <th key={title} scope="col" data-column={title}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {triggers?.map((trigger) => (
            <TriggerRow
              key={trigger.id}
              trigger={trigger}
              columns={columns}
              open={trigger.id === open}
              onOpen={() => setOpen(trigger.id === open ? null : trigger.id)}
              onSwitch={(on) => setDisabled(trigger, !on)}
              onAsk={() => setAsked(trigger)}
              onBackfill={async (action) => setRefused(await backfill(trigger, { action }))}
            />
          )) ?? <Waiting columns={columns} />}
        </tbody>
      </table>
      {asked && (
        <BackfillDialog
          trigger={asked}
          onStart={(wanted) => backfill(asked, wanted)}
          onClose={() => setAsked(null)}
        />
      )}
    </div>
  );
}

function Waiting({ columns }: { columns: readonly string[] }) {
  return (
    <tr>
      {columns.map((title, column) => (
        <td key={title}>
          <Skeleton width={`${64 - column * 5}%`} />
        </td>
      ))}
    </tr>
  );
}
