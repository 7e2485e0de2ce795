import { type MouseEvent, memo } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { executionHref } from '../app/places';
import { writeUrl } from '../app/urlState';
import { PageCheck, RowCheck } from '../bulk/Checks';
import { coverOf, isSelected } from '../bulk/selection';
import type { Selecting } from '../bulk/useSelection';
import { Icon } from '../ui/Icon';
import { Skeleton } from '../ui/Skeleton';
import { useRoom } from './columnChoice';
import { type CellContext, type ColumnName, columnOf } from './columns';
import { type ExecutionsList, useRow } from './useExecutionsList';
import { nextOrder, type View } from './view';

interface Props {
  list: ExecutionsList | null;
  ids: readonly string[];
  columns: readonly ColumnName[];
  view: View;
  context: CellContext;
  /** The row the keyboard stands on. */
  at: string | null;
  selecting: Selecting;
  /** How many rows of nothing to show while the first page is on its way; 0 when it has come. */
  waiting: number;
}

/** Pixels of the column with the boxes. */
export const SELECT_WIDTH = 42;

/** The rows of a page. Widths are fixed, so that no value moves another. */
export function ExecutionsTable({
  list,
  ids,
  columns,
  view,
  context,
  at,
  selecting,
  waiting,
}: Props) {
  const { selection, pick, pickPage } = selecting;
  const room = useRoom();
  return (
    <table className="table executions" aria-busy={waiting > 0}>
      <colgroup>
        <col style={{ width: SELECT_WIDTH }} />
        {columns.map((name) => (
          <col key={name} style={{ width: width(columns, name, room) }} />
        ))}
      </colgroup>
      <thead>
        <tr>
          <PageCheck cover={coverOf(selection, ids)} onPick={pickPage} />
          {columns.map((name) => (
            <Head key={name} name={name} view={view} />
          ))}
        </tr>
      </thead>
      <tbody>
        {list &&
          ids.map((id) => (
            <Row
              key={id}
              id={id}
              list={list}
              columns={columns}
              context={context}
              current={id === at}
              selected={isSelected(selection, id)}
              onPick={pick}
            />
          ))}
        {Array.from({ length: waiting }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows of nothing have no other identity
          <tr key={row}>
            <td />
            {columns.map((name, column) => (
              <td key={name} className={columnOf(name).numeric ? 'numeric' : undefined}>
                <Skeleton width={`${45 + ((row * 7 + column * 13) % 40)}%`} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/**
 * Pixels: a table of fixed layout takes a share of what is left for no width at all. The flow, which is what
 * people look for, has none and takes the rest.
 */
function width(columns: readonly ColumnName[], name: ColumnName, room: number): number | undefined {
  const { width: fixed, grow = 0 } = columnOf(name);
  if (fixed) return fixed;
  if (name === 'flow') return undefined;
  const taken = columns.reduce((sum, each) => sum + (columnOf(each).width ?? 0), SELECT_WIDTH);
  const parts = columns.reduce((sum, each) => sum + (columnOf(each).grow ?? 0), 0);
  return Math.floor(((room - taken) * grow) / parts);
}

function Head({ name, view }: { name: ColumnName; view: View }) {
  const { title, order, numeric } = columnOf(name);
  if (!order) return <th scope="col">{title}</th>;
  const current = view.order === order;
  return (
    <th
      scope="col"
      className={numeric ? 'numeric' : undefined}
      aria-sort={current ? (view.descending ? 'descending' : 'ascending') : undefined}
    >
      <button
        type="button"
        onClick={() =>
          writeUrl({ order: nextOrder(view, order), after: null, before: null }, { replace: false })
        }
      >
        {title}
        {current && <Icon name={view.descending ? 'sortDown' : 'sortUp'} size={11} />}
      </button>
    </th>
  );
}

interface RowProps {
  list: ExecutionsList;
  id: string;
  columns: readonly ColumnName[];
  context: CellContext;
  current: boolean;
  selected: boolean;
  onPick: Selecting['pick'];
}

const Row = memo(function Row({ list, id, columns, context, current, selected, onPick }: RowProps) {
  const row = useRow(list, id);
  if (!row) return null;
  const open = (event: MouseEvent<HTMLElement>) => {
    const inside = event.target instanceof Element && event.target.closest('a, button, label');
    if (!inside && !getSelection()?.toString()) navigate(executionHref(id));
  };
  return (
    <tr
      id={`row-${id}`}
      aria-current={current ? 'true' : undefined}
      data-selected={selected || undefined}
      onClick={open}
    >
      <RowCheck id={id} on={selected} onPick={onPick} />
      {columns.map((name) => (
        <td key={name} className={columnOf(name).numeric ? 'numeric' : undefined}>
          {columnOf(name).cell(row, context)}
        </td>
      ))}
    </tr>
  );
});
