import type { ReactNode } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { executionHref, shortId } from '../app/places';
import { type BackfillAction, TriggerSaidDocument } from '../gql/graphql';
import { Button } from '../ui/Button';
import { Copy } from '../ui/Copy';
import { Timestamp } from '../ui/Timestamp';
import { cronWords } from './cron';
import type { Trigger } from './useTriggers';

interface Props {
  trigger: Trigger;
  onAsk: () => void;
  onBackfill: (action: BackfillAction) => void;
}

/** What a row has no room for: the moments to come, a backfill and its controls, what it said. */
export function TriggerDetails({ trigger, onAsk, onBackfill }: Props) {
  const { type, timetable, backfill, webhookUrl, disabled } = trigger;
  return (
    <div className="trigger-facts">
      <dl>
        <Fact name="Type">
          <code>{type}</code>
        </Fact>
        {timetable?.cron && (
          <Fact name="Cron">
            <code>{timetable.cron}</code>{' '}
            <span className="muted">
              {[cronWords(timetable.cron), timetable.timezone].filter(Boolean).join(', ')}
            </span>
          </Fact>
        )}
        {webhookUrl && (
          <Fact name="Address">
            <code>{webhookUrl}</code>
            <Copy text={webhookUrl} label="Copy the webhook's address" />
          </Fact>
        )}
        {timetable && (
          <Fact name={disabled ? 'Would come' : 'Comes'}>
            <ol className="moments">
              {timetable.moments.map((at) => (
                <li key={at}>
                  <Timestamp at={at} />
                </li>
              ))}
              {timetable.moments.length === 0 && <li className="muted">never again</li>}
            </ol>
          </Fact>
        )}
        {timetable && (
          <Fact name="Backfill">
            {backfill ? (
              <Backfill backfill={backfill} onBackfill={onBackfill} />
            ) : (
              <Button icon="history" onClick={onAsk}>
                Make up for the past
              </Button>
            )}
          </Fact>
        )}
      </dl>
      <Said id={trigger.id} />
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

interface BackfillProps {
  backfill: NonNullable<Trigger['backfill']>;
  onBackfill: Props['onBackfill'];
}

function Backfill({ backfill: { start, end, nextAt, paused }, onBackfill }: BackfillProps) {
  return (
    <>
      <span>
        <Timestamp at={start} /> to <Timestamp at={end} />
        {nextAt && (
          <span className="muted">
            {paused ? ', rests before ' : ', now at '}
            <Timestamp at={nextAt} />
          </span>
        )}
      </span>
      <Button
        icon={paused ? 'play' : 'pause'}
        onClick={() => onBackfill(paused ? 'RESUME' : 'PAUSE')}
      >
        {paused ? 'Resume' : 'Pause'}
      </Button>
      <Button icon="stop" onClick={() => onBackfill('CANCEL')}>
        End it
      </Button>
    </>
  );
}

/** What it said when it was looked at: why it started something, or why not. */
function Said({ id }: { id: string }) {
  const [{ data }] = useQuery({
    query: TriggerSaidDocument,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const lines = data?.node && 'logs' in data.node ? data.node.logs.nodes : [];
  if (lines.length === 0) return null;
  return (
    <section>
      <h3>What it said</h3>
      <ul className="trigger-said">
        {lines.map(({ at, level, message, executionId }) => (
          <li key={`${at}${message}`} data-level={level}>
            <span className="muted">
              <Timestamp at={at} />
            </span>
            <Message text={message} executionId={executionId} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A line whose execution can be gone to, where it is named or behind it. */
function Message({ text, executionId }: { text: string; executionId: string | null }) {
  if (!executionId) return <span>{text}</span>;
  const [before, after] = text.includes(executionId) ? text.split(executionId) : [`${text} `, ''];
  return (
    <span>
      {before}
      <Link className="mono" href={executionHref(executionId)} title={executionId}>
        {shortId(executionId)}
      </Link>
      {after}
    </span>
  );
}
