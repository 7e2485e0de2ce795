import { useEffect, useState } from 'react';
import { executionHref, shortId } from '../app/places';
import { BulkFailuresDocument, type BulkFailuresQuery } from '../gql/graphql';
import { ask } from '../live/request';
import { StateBadge } from '../states/StateBadge';
import { Button } from '../ui/Button';
import { Notice } from '../ui/Notice';

type Item = NonNullable<BulkFailuresQuery['bulkOperation']>['items']['nodes'][number];
type Failure = Extract<Item, { __typename: 'BulkItemFailure' }>;

interface Found {
  readonly failures: readonly Failure[];
  /** Where the next ones begin; null when these are all. */
  readonly next: string | null;
  readonly problem: string | null;
}

const NONE: Found = { failures: [], next: null, problem: null };

async function more(id: string, { failures, next }: Found): Promise<Found> {
  try {
    const { bulkOperation } = await ask(BulkFailuresDocument, { id, after: next });
    const items = bulkOperation?.items;
    const nodes = (items?.nodes ?? []).flatMap((each) =>
      each.__typename === 'BulkItemFailure' ? [each] : [],
    );
    const page = items?.pageInfo;
    return {
      failures: [...failures, ...nodes],
      next: page?.hasNextPage ? (page.endCursor ?? null) : null,
      problem: null,
    };
  } catch (thrown) {
    return { failures, next, problem: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

/** The executions to which it was not done, each with the reason and the way to it. */
export function Failures({ id }: { id: string }) {
  const [found, setFound] = useState(NONE);
  useEffect(() => {
    let current = true;
    more(id, NONE).then((first) => current && setFound(first));
    return () => {
      current = false;
    };
  }, [id]);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="bulk-failures" aria-label="Not done" tabIndex={0}>
        <ul>
          {found.failures.map(({ executionId, code, message, state }) => (
            <li key={executionId} title={code}>
              <a className="mono" href={executionHref(executionId)}>
                {shortId(executionId)}
              </a>
              {state ? <StateBadge state={state} /> : <span className="faint">gone</span>}
              <span className="muted">{message}</span>
            </li>
          ))}
        </ul>
        {found.next && (
          <Button look="quiet" onClick={() => more(id, found).then(setFound)}>
            More
          </Button>
        )}
      </section>
      {found.problem && <Notice title={found.problem} />}
    </>
  );
}
