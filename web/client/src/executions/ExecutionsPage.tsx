import './executions.css';
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { useSearch } from 'wouter';
import { navigate } from 'wouter/use-browser-location';
import { Page } from '../app/Page';
import { isEmpty } from '../bulk/selection';
import { useSelection } from '../bulk/useSelection';
import { useChartShown } from '../chart/useChartShown';
import { Button } from '../ui/Button';
import { Notice } from '../ui/Notice';
import { shownCount } from '../ui/number';
import { firstView } from '../views/first';
import { fitting, useColumnChoice, useRoom } from './columnChoice';
import type { ColumnName } from './columns';
import { ExecutionsTable, SELECT_WIDTH } from './ExecutionsTable';
import { FilterBar } from './FilterBar';
import { type Part, type Wrong, withPart } from './filter';
import { toInput } from './filterInput';
import { fromParams, withFilter } from './filterUrl';
import type { PageFacts } from './listSource';
import { Scroller } from './Scroller';
import { useExecutionsList } from './useExecutionsList';
import { useKnownValues } from './useKnownValues';
import { useRowKeys } from './useRowKeys';
import { viewOf } from './view';

const ColumnMenu = lazy(() => import('./ColumnMenu'));
const BulkBar = lazy(() => import('../bulk/BulkBar'));
const ExecutionsChart = lazy(() => import('../chart/ExecutionsChart'));
const ViewsMenu = lazy(() => import('../views/ViewsMenu'));
const Pager = lazy(() => import('./Pager'));
const NoExecutions = lazy(() => import('./NoExecutions'));

/** Every execution there is, narrowed by the address, live. */
export function ExecutionsPage() {
  const search = useSearch();
  const [opening, setOpening] = useState(() => (search === '' ? firstView() : null));
  useEffect(() => {
    if (opening === null) return;
    navigate(`${location.pathname}?${opening.search}`, { replace: true });
    setOpening(null);
  }, [opening]);
  return <Page title="Executions">{opening === null && <Executions />}</Page>;
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
  const { chosen, toggle, choose } = useColumnChoice();
  const columns = fitting(
    chosen.filter((name) => !hidden.includes(name)),
    useRoom() - SELECT_WIDTH,
  );
  const filter = toInput([...fixed, ...parts]);
  const { list, state, stale } = useExecutionsList({
    filter,
    view,
    withInputs: columns.includes('inputs'),
  });
  const [charted, toggleChart] = useChartShown();
  const known = useKnownValues();
  const input = useRef<HTMLInputElement>(null);
  const [reads, setReads] = useState(false);
  const selecting = useSelection(JSON.stringify(filter), state.ids);
  const selects = !isEmpty(selecting.selection);
  const { at, leave } = useRowKeys(state.ids, selecting, input);
  const held = (reads && state.ids.length > 0) || selects || at !== null || !list?.takesNewcomers;
  useEffect(() => list?.live.hold(held), [list, held]);
  const setParts = (next: (Part | Wrong)[]) =>
    navigate(location.pathname + withFilter(location.search, next));
  const stacked =
    !TIMES.some((name) => columns.includes(name)) && TIMES.some((name) => chosen.includes(name));
  const context = useMemo(
    () => ({
      stacked,
      narrow: (part: Part) =>
        navigate(
          location.pathname +
            withFilter(location.search, withPart(fromParams(location.search), part)),
        ),
    }),
    [stacked],
  );

  const { phase } = state;
  const loading = phase.name === 'loading';
  const empty = !loading && phase.name !== 'waiting' && state.ids.length === 0;
  return (
    <div className="executions-view">
      <div className="bar">
        {selects && (
          <Suspense>
            <BulkBar
              selection={selecting.selection}
              filter={filter}
              matching={list?.facts ? matchingOf(list.facts, state.ids.length) : null}
              onMatching={selecting.pickMatching}
              onClear={selecting.clear}
            />
          </Suspense>
        )}
        {fixed.length === 0 && (
          <Suspense fallback={<Button look="quiet" icon="bookmark" aria-label="Views" disabled />}>
            <ViewsMenu columns={chosen} onColumns={choose} />
          </Suspense>
        )}
        <FilterBar parts={parts} known={known} input={input} onChange={setParts} />
        <Button
          look="quiet"
          icon="chart"
          aria-label="Chart"
          aria-pressed={charted}
          onClick={toggleChart}
        />
        <Suspense fallback={<Button look="quiet" icon="columns" aria-label="Columns" disabled />}>
          <ColumnMenu columns={chosen} onToggle={toggle} />
        </Suspense>
      </div>
      {(phase.name === 'waiting' || phase.name === 'gone') && (
        <div className="bar-notice">
          <Notice title={phase.problem}>
            What is shown may be old; the list is asked for again by itself.
          </Notice>
        </div>
      )}
      {charted && (
        <Suspense fallback={<div className="chart-room" />}>
          <ExecutionsChart parts={parts} filter={filter} list={list} onChange={setParts} />
        </Suspense>
      )}
      <Scroller
        arrived={state.arrived}
        onHold={setReads}
        onReveal={() => {
          leave();
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
              selecting={selecting}
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

/** How many match the filter, and whether that is more than the page shows. */
function matchingOf({ count }: PageFacts, shown: number) {
  const exact = count.precision === 'EXACT';
  return { text: exact ? shownCount(count.value) : '', beyond: !exact || count.value > shown };
}

const TIMES: readonly ColumnName[] = ['started', 'duration'];
const NO_PARTS: readonly Part[] = [];
const NO_COLUMNS: readonly ColumnName[] = [];
