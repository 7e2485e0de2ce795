import { Link } from 'wouter';
import { navigate } from 'wouter/use-browser-location';
import { executionHref, flowHref } from '../app/places';
import type { FlowsPageQuery } from '../gql/graphql';
import { StateShape } from '../states/StateShape';
import { STATES } from '../states/states';
import { LabelChips } from '../ui/LabelChips';
import { Skeleton } from '../ui/Skeleton';
import { Timestamp } from '../ui/Timestamp';

type Flow = FlowsPageQuery['flows']['nodes'][number];
export function FlowsTable({ flows, at }: { flows: readonly Flow[] | undefined; at: number }) {
  return (
    <table className="table flows" aria-busy={!flows}>
      <colgroup>
        <col style={{ width: '22%' }} />
        <col style={{ width: '14%' }} />
        <col style={{ width: 196 }} />
        <col />
        <col style={{ width: '18%' }} />
        <col style={{ width: 84 }} />
        <col style={{ width: 132 }} />
      </colgroup>
      <thead>
        <tr>
          {[
            'Flow',
            'Namespace',
            'Last executions',
            'Description',
            'Labels',
            'Revision',
            'Saved',
          ].map((title) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {flows?.map((flow, index) => (
          <FlowRow key={flow.id} flow={flow} current={index === at} />
        )) ?? <Waiting />}
      </tbody>
    </table>
  );
}

function FlowRow({ flow, current }: { flow: Flow; current: boolean }) {
  const href = flowHref(flow.namespace, flow.flowId);
  return (
    <tr
      aria-current={current ? 'true' : undefined}
      onClick={(event) => {
        const inside = event.target instanceof Element && event.target.closest('a, button');
        if (!inside) navigate(href);
      }}
    >
      <td>
        <Link href={href} className="strong" title={flow.flowId}>
          {flow.flowId}
        </Link>
        {flow.disabled && <span className="faint"> · switched off</span>}
      </td>
      <td className="muted" title={flow.namespace}>
        {flow.namespace}
      </td>
      <td>
        <span className="latest">
          {flow.recent.map(({ executionId: id, state }) => (
            <Link
              key={id}
              href={executionHref(id)}
              title={STATES[state].word}
              aria-label={`${STATES[state].word}: ${id}`}
            >
              <StateShape state={state} size={12} />
            </Link>
          ))}
          {flow.recent.length === 0 && <span className="faint">–</span>}
        </span>
      </td>
      <td className="muted" title={flow.description ?? undefined}>
        {flow.description?.split('\n')[0]}
      </td>
      <td>
        <LabelChips labels={flow.labels} />
      </td>
      <td className="number muted">{flow.revision}</td>
      <td className="muted">
        <Timestamp at={flow.createdAt} />
      </td>
    </tr>
  );
}

function Waiting() {
  return Array.from({ length: 10 }, (_, row) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: rows of nothing have no other identity
    <tr key={row}>
      {[60, 50, 70, 80, 40, 30, 60].map((width, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        <td key={column}>
          <Skeleton width={`${width - ((row * 11) % 25)}%`} />
        </td>
      ))}
    </tr>
  ));
}
