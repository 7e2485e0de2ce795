import './outputs.css';
import '../taskrun/taskrun.css';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useQuery } from 'urql';
import { useUrlState } from '../app/urlState';
import { ExecutionOutputsDocument, type ExecutionOutputsQuery } from '../gql/graphql';
import { useLiveExecution, useStructure } from '../live/useLive';
import { isTerminal } from '../states/states';
import { Button } from '../ui/Button';
import { Empty } from '../ui/Empty';
import { Notice } from '../ui/Notice';
import { problemOf } from '../ui/problem';
import { Skeleton } from '../ui/Skeleton';
import { Column } from './Column';
import { type Cell, drilled, expression, fromAddress, toAddress } from './drill';
import { moved } from './keys';
import { Value } from './Value';

type Found = NonNullable<ExecutionOutputsQuery['execution']>;
type Run = Found['taskRuns']['nodes'][number];

const FLOW = 'flow';
const SETTLE_MS = 300;

/** What the flow and its task runs yielded, to be walked through column by column. */
export default function OutputsTab({ executionId }: { executionId: string }) {
  const { found, problem, after, setAfter } = useOutputs(executionId);
  const [address, setAddress] = useUrlState('output');
  const roots = useMemo(() => (found ? rootsOf(found) : []), [found]);
  const first = roots[0]?.key;
  const path = useMemo(
    () => (address === null && first !== undefined ? [first] : fromAddress(address)),
    [address, first],
  );
  const drill = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (address !== null) drill.current?.scrollTo({ left: drill.current.scrollWidth });
  }, [address]);
  if (problem) return <Notice title={problem} />;
  if (!found) return <Waiting />;
  const page = found.taskRuns.pageInfo;
  if (roots.length === 0 && !page.hasNextPage && after === null)
    return <Empty title="No outputs">What tasks yield will be here as soon as they end.</Empty>;
  const { columns, leaf } = drilled(roots, path);
  const run = found.taskRuns.nodes.find(({ id }) => id === path[0]);
  const files = run?.files ?? [];
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (moved(event.currentTarget, event.target, event.key)) event.preventDefault();
  };
  return (
    <div className="outputs">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the buttons inside */}
      <div ref={drill} className="drill" onKeyDown={onKeyDown}>
        {columns.map((cells, depth) => (
          <Column
            key={path.slice(0, depth).join('/') || 'tasks'}
            cells={cells}
            chosen={path[depth]}
            label={depth === 0 ? 'Tasks' : `In ${path.slice(1, depth).at(-1) ?? leaf?.label}`}
            onChoose={(key) => setAddress(toAddress([...path.slice(0, depth), key]))}
          />
        ))}
        {leaf && (
          <Value
            cell={leaf}
            expression={expressionOf(run, path)}
            files={path.length === 1 ? files : []}
          />
        )}
      </div>
      {(page.hasNextPage || after !== null) && (
        <footer className="outputs-more">
          <span className="faint">Not all task runs stand here.</span>
          <Button look="quiet" disabled={after === null} onClick={() => setAfter(null)}>
            First
          </Button>
          <Button
            look="quiet"
            disabled={!page.hasNextPage}
            onClick={() => setAfter(page.endCursor ?? null)}
          >
            Next 200
          </Button>
        </footer>
      )}
    </div>
  );
}

function useOutputs(id: string) {
  const live = useLiveExecution(id);
  useStructure(live);
  const [after, setAfter] = useState<string | null>(null);
  const [{ data, error }, again] = useQuery({
    query: ExecutionOutputsDocument,
    variables: { id, after },
    requestPolicy: 'cache-and-network',
  });
  const ended = [...live.runs.values()].filter(({ state }) => isTerminal(state)).length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when a run more has ended
  useEffect(() => {
    const timer = setTimeout(() => again({ requestPolicy: 'network-only' }), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [ended, again]);
  const problem = error && !data ? problemOf(error) : null;
  return { found: data?.execution ?? null, problem, after, setAfter };
}

const holdsSomething = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0;

function rootsOf({ outputs, taskRuns }: Found): Cell[] {
  const flow = holdsSomething(outputs) ? [{ key: FLOW, label: 'Flow', value: outputs }] : [];
  const runs = taskRuns.nodes
    .filter((run) => holdsSomething(run.outputs) || run.files.length > 0)
    .map((run) => ({
      key: run.id,
      label: run.taskId,
      ...(run.value == null ? {} : { note: run.value }),
      value: run.outputs,
    }));
  return [...flow, ...runs];
}

/** Task runs in loops are read by their values, which differ with where the expression stands. */
function expressionOf(run: Run | undefined, path: readonly string[]): string | null {
  if (run === undefined || run.value != null) return null;
  const rest = expression({ [run.taskId]: run.outputs }, [run.taskId, ...path.slice(1)]);
  return `{{ outputs${rest.startsWith('[') ? '' : '.'}${rest} }}`;
}

function Waiting() {
  return (
    <div className="drill" aria-busy="true">
      <div className="drill-column">
        {[62, 48, 70].map((width) => (
          <p key={width} className="drill-waiting">
            <Skeleton width={`${width}%`} />
          </p>
        ))}
      </div>
    </div>
  );
}
