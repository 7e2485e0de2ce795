import './flows.css';
import { useRef, useState } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { navigate } from 'wouter/use-browser-location';
import { useKeys } from '../app/keys';
import { Page } from '../app/Page';
import { flowHref } from '../app/places';
import { useUrlState } from '../app/urlState';
import { FlowsPageDocument } from '../gql/graphql';
import { Button } from '../ui/Button';
import { Empty } from '../ui/Empty';
import { Icon } from '../ui/Icon';
import { Notice } from '../ui/Notice';
import { problemOf } from '../ui/problem';
import { FlowsTable } from './FlowsTable';

const SIZE = 100;

/** Every flow there is, by namespace. */
export default function FlowsPage() {
  const [text, setText] = useUrlState('q');
  const [namespace] = useUrlState('namespace');
  const [after, setAfter] = useUrlState('after');
  const input = useRef<HTMLInputElement>(null);
  const [at, setAt] = useState(-1);
  const [{ data, error }, again] = useQuery({
    query: FlowsPageDocument,
    variables: {
      filter: { text: text ?? undefined, namespace: namespace ? { prefix: namespace } : undefined },
      first: SIZE,
      after,
    },
    requestPolicy: 'cache-and-network',
  });
  const flows = data?.flows.nodes;
  const current = flows?.[at];
  const step = (by: number) => setAt(Math.max(0, Math.min((flows?.length ?? 1) - 1, at + by)));
  useKeys({
    '/': () => input.current?.focus(),
    j: () => step(1),
    k: () => step(-1),
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Enter: current ? () => navigate(flowHref(current.namespace, current.flowId)) : undefined,
  });
  return (
    <Page
      title="Flows"
      actions={
        <Link href="/flows/new" className="button primary">
          <Icon name="plus" size={14} />
          New flow
        </Link>
      }
    >
      <div className="bar">
        <search className="filter">
          <div className="filter-field">
            <Icon name="filter" size={14} />
            <input
              ref={input}
              aria-label="Filter flows"
              placeholder="Filter by name, namespace or description"
              value={text ?? ''}
              onChange={(event) => setText(event.target.value)}
            />
          </div>
        </search>
      </div>
      {error && (
        <div className="bar-notice">
          <Notice
            title={problemOf(error)}
            action={
              <Button onClick={() => again({ requestPolicy: 'network-only' })}>Try again</Button>
            }
          />
        </div>
      )}
      {flows?.length === 0 ? (
        <NoFlows filtered={Boolean(text || namespace)} />
      ) : (
        <FlowsTable flows={flows} at={at} />
      )}
      {data?.flows.pageInfo.hasNextPage && (
        <Button
          look="quiet"
          onClick={() => setAfter(data.flows.pageInfo.endCursor ?? null, { replace: false })}
        >
          Next {SIZE}
        </Button>
      )}
    </Page>
  );
}

function NoFlows({ filtered }: { filtered: boolean }) {
  if (filtered)
    return <Empty title="No flow is called that">Clear the filter to see all of them.</Empty>;
  return (
    <Empty
      title="No flows yet"
      action={
        <Link href="/flows/new" className="button primary">
          Write the first flow
        </Link>
      }
    >
      A flow is a YAML file that says which tasks run, in which order, and what starts them.
    </Empty>
  );
}
