/** The saved views of the list of executions: filters under names that everybody sees. */
import { type ColumnName, isColumnName } from '../executions/columns';
import { toInput } from '../executions/filterInput';
import { fromParams } from '../executions/filterUrl';
import type { SaveViewInput, ViewFactsFragment } from '../gql/graphql';
import { keptOf, sameView } from './address';

export interface View {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  /** Null where a program saved it, which said nothing of addresses: such a view has no place here. */
  readonly search: string | null;
  readonly columns: readonly ColumnName[] | null;
}

/** What is under `settings` of a view: whatever some client put there. */
interface Settings {
  readonly search?: unknown;
  readonly columns?: unknown;
}

export function viewOf({ id, name, version, settings }: ViewFactsFragment): View {
  const { search, columns } = (settings ?? {}) as Settings;
  return {
    id,
    name,
    version,
    search: typeof search === 'string' ? search : null,
    columns: Array.isArray(columns) ? columns.filter(isColumnName) : null,
  };
}

/** What is saved of the list as it is: with `of` in the place of that view, else as a new one. */
export function inputOf(
  name: string,
  search: string,
  columns: readonly ColumnName[] | null,
  of?: View,
): SaveViewInput {
  return {
    name: name.trim(),
    filter: { executions: toInput(fromParams(search)) ?? {} },
    settings: { search: keptOf(search), ...(columns ? { columns } : {}) },
    ...(of ? { id: of.id, expectedVersion: of.version } : {}),
  };
}

/** The view that the address shows. */
export const currentOf = (views: readonly View[], search: string): View | undefined =>
  views.find((view) => view.search !== null && sameView(view.search, search));

/** The view that has the name already. */
export const namedAs = (views: readonly View[], name: string): View | undefined =>
  views.find((view) => view.name === name.trim());
