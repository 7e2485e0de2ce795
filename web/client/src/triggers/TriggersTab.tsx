import '../executions/executions.css';
import { useEffect, useState } from 'react';
import { useMutation, useQuery } from 'urql';
import { Link } from 'wouter';
import { executionHref, shortId, triggerIcon } from '../app/places';
import {
  FlowTriggersDocument,
  type FlowTriggersQuery,
  SetTriggerDisabledDocument,
} from '../gql/graphql';
import { Copy } from '../ui/Copy';
import { Empty } from '../ui/Empty';
import { Icon } from '../ui/Icon';
import { Notice } from '../ui/Notice';
import { problemOf } from '../ui/problem';
import { Skeleton } from '../ui/Skeleton';
import { Switch } from '../ui/Switch';
import { Timestamp } from '../ui/Timestamp';

type Trigger = FlowTriggersQuery['triggers']['nodes'][number];

interface Props {
  namespace: string;
  flowId: string;
}

const AGAIN_MS = 15_000;

/** What starts the flow by itself: when next, what it started last, on or off. */
export function Triggers({ namespace, flowId }: Props) {
  const [{ data, error }, again] = useQuery({
    query: FlowTriggersDocument,
    variables: { namespace, flowId },
    requestPolicy: 'cache-and-network',
  });
  const [, setDisabled] = useMutation(SetTriggerDisabledDocument);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    const timer = setInterval(() => again({ requestPolicy: 'network-only' }), AGAIN_MS);
    return () => clearInterval(timer);
  }, [again]);
  const toggle = async (triggerId: string, disabled: boolean) => {
    const input = { namespace, flowId, triggerId, disabled };
    const answer = await setDisabled({ input });
    const refused = answer.data?.setTriggerDisabled.userErrors.map(({ message }) => message) ?? [];
    setProblem(answer.error ? problemOf(answer.error) : refused.join(' ') || null);
    again({ requestPolicy: 'network-only' });
  };
  const said = problem ?? (error && !data ? problemOf(error) : null);
  const triggers = data?.triggers.nodes;
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
        <colgroup>
          <col style={{ width: '26%' }} />
          <col />
          <col style={{ width: 140 }} />
          <col style={{ width: 140 }} />
          <col style={{ width: 140 }} />
          <col style={{ width: 84 }} />
        </colgroup>
        <thead>
          <tr>
            {['Trigger', 'Type', 'Next', 'Last', 'Last execution', 'On'].map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {triggers?.map((trigger) => (
            <Row key={trigger.id} trigger={trigger} onToggle={toggle} />
          )) ?? <Waiting />}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  trigger: Trigger;
  onToggle: (triggerId: string, disabled: boolean) => void;
}

const moment = (at: string | null | undefined) =>
  at ? <Timestamp at={at} /> : <span className="faint">–</span>;

function Row({ trigger, onToggle }: RowProps) {
  const { triggerId, type, disabled, nextAt, lastAt, lastExecutionId, webhookUrl } = trigger;
  return (
    <tr>
      <td>
        <span className="trigger-name">
          <Icon name={triggerIcon(type)} size={14} />
          <span className="clip strong">{triggerId}</span>
          {webhookUrl && <Copy text={webhookUrl} label="Copy the webhook's address" />}
        </span>
      </td>
      <td className="muted" title={type}>
        {type.slice(type.lastIndexOf('.') + 1)}
        {trigger.backfill && <span className="faint"> · makes up for the past</span>}
      </td>
      <td>{disabled ? <span className="faint">–</span> : moment(nextAt)}</td>
      <td>{moment(lastAt)}</td>
      <td>
        {lastExecutionId ? (
          <Link className="mono" href={executionHref(lastExecutionId)}>
            {shortId(lastExecutionId)}
          </Link>
        ) : (
          <span className="faint">–</span>
        )}
      </td>
      <td>
        <Switch
          on={!disabled}
          label={`${triggerId} is on`}
          onChange={(on) => onToggle(triggerId, !on)}
        />
      </td>
    </tr>
  );
}

function Waiting() {
  return (
    <tr>
      {[58, 64, 50, 50, 46, 40].map((width, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: cells of nothing have no other identity
        <td key={column}>
          <Skeleton width={`${width}%`} />
        </td>
      ))}
    </tr>
  );
}
