import { Link } from 'wouter';
import { executionHref, shortId, triggerIcon } from '../app/places';
import type { BackfillAction } from '../gql/graphql';
import { Copy } from '../ui/Copy';
import { Icon } from '../ui/Icon';
import { Switch } from '../ui/Switch';
import { Timestamp } from '../ui/Timestamp';
import { cronWords } from './cron';
import { TriggerDetails } from './TriggerDetails';
import type { Trigger } from './useTriggers';

interface Props {
  trigger: Trigger;
  /** The titles of the columns that there is room for. */
  columns: readonly string[];
  open: boolean;
  onOpen: () => void;
  onSwitch: (on: boolean) => void;
  onAsk: () => void;
  onBackfill: (action: BackfillAction) => void;
}

const nothing = <span className="faint">–</span>;
const moment = (at: string | null | undefined) => (at ? <Timestamp at={at} /> : nothing);

export function TriggerRow({ trigger, columns, open, onOpen, onSwitch, onAsk, onBackfill }: Props) {
  const { id, triggerId, type, disabled, nextAt, lastAt, lastExecutionId, webhookUrl } = trigger;
  return (
    <>
      <tr>
        <td>
          <span className="trigger-name">
            <button
              type="button"
              className="trigger-open"
              aria-expanded={open}
              aria-controls={`details-${id}`}
              onClick={onOpen}
            >
              <Icon name={open ? 'down' : 'right'} size={12} />
              <Icon name={triggerIcon(type)} size={14} />
              <span className="clip strong" title={triggerId}>
                {triggerId}
              </span>
            </button>
            {webhookUrl && <Copy text={webhookUrl} label="Copy the webhook's address" />}
          </span>
        </td>
        <td className="muted">
          <span className="clip" title={type}>
            {firesWords(trigger)}
          </span>
        </td>
        <td>{disabled ? nothing : moment(nextAt)}</td>
        {columns.includes('Last') && <td>{moment(lastAt)}</td>}
        {columns.includes('Last execution') && (
          <td>
            {lastExecutionId ? (
              <Link className="mono" href={executionHref(lastExecutionId)}>
                {shortId(lastExecutionId)}
              </Link>
            ) : (
              nothing
            )}
          </td>
        )}
        <td>
          <Switch on={!disabled} label={`${triggerId} is on`} onChange={onSwitch} />
        </td>
      </tr>
      {open && (
        <tr className="trigger-details" id={`details-${id}`}>
          <td colSpan={columns.length}>
            <TriggerDetails trigger={trigger} onAsk={onAsk} onBackfill={onBackfill} />
          </td>
        </tr>
      )}
    </>
  );
}

/** When it fires, in as few words as say it. */
function firesWords({ type, timetable, backfill }: Trigger): string {
  const rest = backfill ? (backfill.paused ? ' · backfill paused' : ' · backfill running') : '';
  const kind = type.slice(type.lastIndexOf('.') + 1);
  if (!timetable) return kind + rest;
  if (timetable.cron === null || timetable.cron === undefined) return `on dates${rest}`;
  const words = cronWords(timetable.cron) ?? timetable.cron;
  return (timetable.timezone === 'UTC' ? words : `${words}, ${timetable.timezone}`) + rest;
}
