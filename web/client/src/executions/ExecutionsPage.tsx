import './executions.css';
import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import { useSearch } from 'wouter';
import { navigate } from 'wouter/use-browser-location';
import { useKeys } from '../app/keys';
import { Page } from '../app/Page';
import { executionHref } from '../app/places';
import { Button } from '../ui/Button';
import { Notice } from '../ui/Notice';
import { fitting, useColumnChoice, useRoom } from './columnChoice';
import type { ColumnName } from './columns';
import { ExecutionsTable } from './ExecutionsTable';
import { FilterBar } from './FilterBar';
import { type Part, type Wrong, withPart } from './filter';
import { toInput } from './filterInput';
import { fromParams, withFilter } from './filterUrl';
import { useExecutionsList } from './useExecutionsList';
import { useKnownValues } from './useKnownValues';
import { viewOf } from './view';

const ColumnMenu = lazy(() => import('./ColumnMenu'));
const Pager = lazy(() => import('./Pager'));
const NoExecutions = lazy(() => import('./NoExecutions'));

/** Every execution there is, narrowed by the address, live. */
export function ExecutionsPage() {
  return (
    <Page title="Executions">
      <Executions />
    </Page>
  );
}

interface Props {
  /** Parts that belong to the page around the list and are not in the address. */
  fixed?: readonly Part[];
  /** Columns that would say the same in every row. */
  hidden?: readonly ColumnName[];
}

/** The list itself. */
export function Executions({ fixed = NO_PARTS, hidden = NO_COLUMNS }: Props) {
  const search = useSearch();
  const parts = useMemo(() => fromParams(search), [search]);
  const view = useMemo(() => viewOf(search), [search]);
  const [chosen, toggleColumn] = useColumnChoice();
  const columns = fitting(
    chosen.filter((name) => !hidden.includes(name)),
    useRoom(),
  );
  const { list, state, stale } = useExecutionsList({
    filter: toInput([...fixed, ...parts]),
    view,
    withInputs: columns.includes('inputs'),
  });
  const known = useKnownValues();
  const input = useRef<HTMLInputElement>(null);
  const [at, setAt] = useState<string | null>(null);
  const setParts = (next: (Part | Wrong)[]) =>
    navigate(location.pathname + withFilter(location.search, next));
  const context = useMemo(
    () => ({
      narrow: (part: Part) =>
        navigate(
          location.pathname +
            withFilter(location.search, withPart(fromParams(location.search), part)),
        ),
    }),
    [],
  );

  const step = (by: number) => {
    const index = state.ids.indexOf(at ?? '');
    const next = state.ids[Math.max(0, Math.min(state.ids.length - 1, index < 0 ? 0 : index + by))];
    if (!next) return;
    setAt(next);
    list?.live.hold(true);
    document.getElementById(`row-${next}`)?.scrollIntoView({ block: 'nearest' });
  };
  useKeys({
    '/': () => input.current?.focus(),
    j: () => step(1),
    k: () => step(-1),
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Enter: at ? () => navigate(executionHref(at)) : undefined,
    Escape: () => {
      setAt(null);
      list?.live.hold(!list.takesNewcomers);
    },
  });

  const { phase } = state;
  const loading = phase.name === 'loading';
  const empty = !loading && phase.name !== 'waiting' && state.ids.length === 0;
  return (
    <div className="executions-view">
      <div className="bar">
        <FilterBar parts={parts} known={known} input={input} onChange={setParts} />
        <Suspense fallback={<Button look="quiet" icon="columns" aria-label="Columns" disabled />}>
          <ColumnMenu columns={chosen} onToggle={toggleColumn} />
        </Suspense>
      </div>
      {(phase.name === 'waiting' || phase.name === 'gone') && (
        <div className="bar-notice">
          <Notice title={phase.problem}>
            What is shown may be old; the list is asked for again by itself.
          </Notice>
        </div>
      )}
      <Scroller
        arrived={state.arrived}
        onHold={(held) => list?.live.hold(held || at !== null || !list.takesNewcomers)}
        onReveal={() => {
          setAt(null);
          if (list?.takesNewcomers) list.live.reveal();
          else navigate(location.pathname + withFilter(location.search, parts));
        }}
      >
        {empty ? (
          <Suspense>
            <NoExecutions filtered={parts.length > 0} onClear={() => setParts([])} />
          </Suspense>
        ) : (
          <div className={stale ? 'stale' : undefined}>
            <ExecutionsTable
              list={list}
              ids={state.ids}
              columns={columns}
              view={view}
              context={context}
              at={at}
              waiting={loading ? 14 : 0}
            />
          </div>
        )}
      </Scroller>
      <Suspense fallback={<footer className="pager" />}>
        <Pager facts={list?.facts ?? null} view={view} shown={state.ids.length} />
      </Suspense>
    </div>
  );
}

const NO_PARTS: readonly Part[] = [];
const NO_COLUMNS: readonly ColumnName[] = [];

interface ScrollerProps {
  arrived: number;
  onHold: (held: boolean) => void;
  onReveal: () => void;
  children: React.ReactNode;
}

/** Scrolled down, newcomers wait behind a pill; at the top they come in by themselves. */
function Scroller({ arrived, onHold, onReveal, children }: ScrollerProps) {
  const ref = useRef<HTMLElement>(null);
  return (
    <section
      ref={ref}
      className="executions-scroll"
      aria-label="Executions"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      onScroll={(event) => onHold(event.currentTarget.scrollTop > 0)}
    >
      {arrived > 0 && (
        <Button
          look="primary"
          icon="up"
          className="arrived number"
          onClick={() => {
            ref.current?.scrollTo({ top: 0 });
            onReveal();
          }}
        >
          {arrived} new
        </Button>
      )}
      {children}
    </section>
  );
}
