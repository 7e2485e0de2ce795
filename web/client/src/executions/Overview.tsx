import { lazy, type ReactNode, Suspense } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { executionHref, flowHref, shortId, triggerIcon, triggerName } from '../app/places';
import { ExecutionAroundDocument, type ExecutionDetailsQuery } from '../gql/graphql';
import type { ExecutionRecord } from '../live/records';
import { Chip } from '../ui/Chip';
import { Copy } from '../ui/Copy';
import { Duration } from '../ui/Duration';
import { Icon } from '../ui/Icon';
import { Json } from '../ui/Json';
import { Notice } from '../ui/Notice';
import { Skeleton } from '../ui/Skeleton';
import { Timestamp } from '../ui/Timestamp';
import { RecentRuns } from './RecentRuns';
import { StateTimeline } from './StateTimeline';

const RunLogs = lazy(() =>
  import('../taskrun/RunLogs').then(({ RunLogs }) => ({ default: RunLogs })),
);

export type Details = NonNullable<ExecutionDetailsQuery['execution']>;

interface Props {
  id: string;
  details: Details | null;
  record: ExecutionRecord | null;
}

/** How the execution went, with what it was given and what it gave. */
export function Overview({ id, details, record }: Props) {
  const [{ data }] = useQuery({
    query: ExecutionAroundDocument,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const around = data?.execution ?? null;
  return (
    <div className="overview">
      <div className="overview-main">
        {details?.explanation && <Reason id={id} explanation={details.explanation} />}
        {details?.explanation?.kind === 'FAILURE' && details.explanation.taskRunId && (
          <Section title={`The last lines of ${details.explanation.taskId}`}>
            <Suspense fallback={<Skeleton width="100%" height={120} />}>
              <RunLogs
                executionId={id}
                runId={details.explanation.taskRunId}
                taskId={details.explanation.taskId ?? ''}
              />
            </Suspense>
          </Section>
        )}
        <Section title="States">
          {details ? (
            <StateTimeline history={details.stateHistory} terminal={details.isTerminal} />
          ) : (
            <Waiting rows={3} />
          )}
        </Section>
        <Values
          title="Outputs"
          value={details?.outputs}
          none={details?.isTerminal ? 'It yielded nothing.' : 'It has yielded nothing so far.'}
        />
        <Values title="Inputs" value={details?.inputs} none="It was started without inputs." />
        {hasKeys(details?.variables) && (
          <Values title="Variables" value={details?.variables} none="" />
        )}
        {details?.trigger && (
          <Values
            title="Trigger"
            value={details.trigger.variables}
            none="The trigger told nothing."
          />
        )}
      </div>
      <aside className="overview-side" aria-label="Facts">
        <dl className="facts">
          {details ? <Facts details={details} record={record} /> : <Waiting rows={8} />}
          {around?.parent && (
            <Fact name="Started by">
              <Link href={executionHref(around.parent.id)}>
                {around.parent.flowId} <code>{shortId(around.parent.id)}</code>
              </Link>
            </Fact>
          )}
          {around?.original && around.original.id !== id && (
            <Fact name="Replay of">
              <Link href={executionHref(around.original.id)}>
                <code>{shortId(around.original.id)}</code>
              </Link>
            </Fact>
          )}
        </dl>
        <RecentRuns id={id} around={around} />
      </aside>
    </div>
  );
}

function Facts({ details, record }: { details: Details; record: ExecutionRecord | null }) {
  const { namespace, flowId, flowRevision, trigger, labels } = details;
  const shown = labels.filter((label) => label.value !== details.id);
  const ended =
    details.isTerminal && (record === null || record.endedAt !== null) ? details.endedAt : null;
  return (
    <>
      <Fact name="Id">
        <code className="clip">{details.id}</code>
        <Copy text={details.id} label="Copy the id" />
      </Fact>
      <Fact name="Flow">
        <Link href={flowHref(namespace, flowId)}>{flowId}</Link>
        <Link
          className="faint"
          href={`${flowHref(namespace, flowId, 'revisions')}?revision=${flowRevision}`}
        >
          revision {flowRevision}
        </Link>
      </Fact>
      <Fact name="Namespace">{namespace}</Fact>
      <Fact name="Trigger">
        <Icon name={triggerIcon(trigger?.type)} size={14} />
        {triggerName(trigger)}
      </Fact>
      <Fact name="Created">
        <Timestamp at={details.createdAt} />
      </Fact>
      {details.scheduledAt && (
        <Fact name="Scheduled">
          <Timestamp at={details.scheduledAt} />
        </Fact>
      )}
      <Fact name="Started">{details.startedAt ? <Timestamp at={details.startedAt} /> : '–'}</Fact>
      <Fact name="Ended">{ended ? <Timestamp at={ended} /> : '–'}</Fact>
      <Fact name="Duration">
        <Duration from={details.startedAt} to={ended} />
      </Fact>
      {details.attempt > 1 && <Fact name="Attempt">{details.attempt}</Fact>}
      <Fact name="Labels">
        <span className="fact-labels">
          {shown.map(({ key, value }) => (
            <Link key={key} href={`/executions?label=${encodeURIComponent(`${key}:${value}`)}`}>
              <Chip>
                <span className="faint">{key}:</span>
                {value}
              </Chip>
            </Link>
          ))}
          {shown.length === 0 && '–'}
        </span>
      </Fact>
    </>
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

function Reason({
  id,
  explanation,
}: {
  id: string;
  explanation: NonNullable<Details['explanation']>;
}) {
  const { kind, summary, hint, taskRunId } = explanation;
  return (
    <Notice
      kind={kind === 'FAILURE' ? 'problem' : kind === 'WAITING' ? 'hint' : 'warning'}
      title={summary}
      action={
        taskRunId && (
          <Link
            className="button"
            href={`${executionHref(id, 'logs')}?task=${encodeURIComponent(taskRunId)}`}
          >
            Look at {explanation.taskId ?? 'the task'}
          </Link>
        )
      }
    >
      {hint}
    </Notice>
  );
}

const hasKeys = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0;

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Values({ title, value, none }: { title: string; value: unknown; none: string }) {
  return (
    <Section title={title}>
      {value === undefined && <Skeleton width="100%" height={36} />}
      {value !== undefined &&
        (hasKeys(value) ? <Json value={value} label={title} /> : <p className="faint">{none}</p>)}
    </Section>
  );
}

function Waiting({ rows }: { rows: number }) {
  return Array.from({ length: rows }, (_, row) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: lines of nothing have no other identity
    <div key={row} className="waiting-line">
      <Skeleton width={`${70 - ((row * 17) % 30)}%`} />
    </div>
  ));
}
