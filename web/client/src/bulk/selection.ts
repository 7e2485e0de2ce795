/** Which executions of a list are selected: some by their ids, or all that the filter matches. */

export interface Some {
  readonly kind: 'some';
  readonly ids: ReadonlySet<string>;
  /** The row last pressed: a range goes from here. */
  readonly anchor: string | null;
}

export interface Matching {
  readonly kind: 'matching';
}

export type Selection = Some | Matching;

export const NOTHING: Some = { kind: 'some', ids: new Set(), anchor: null };
export const MATCHING: Matching = { kind: 'matching' };

export const isSelected = (selection: Selection, id: string): boolean =>
  selection.kind === 'matching' || selection.ids.has(id);

export const isEmpty = (selection: Selection): boolean =>
  selection.kind === 'some' && selection.ids.size === 0;

/** What is selected by id: of all that match, only the rows on the page have ids here. */
const idsOf = (selection: Selection, page: readonly string[]): Set<string> =>
  new Set(selection.kind === 'matching' ? page : selection.ids);

/** A row more, or less. Out of all that match, the rest of the page stays. */
export function toggled(selection: Selection, id: string, page: readonly string[]): Selection {
  const ids = idsOf(selection, page);
  if (!ids.delete(id)) ids.add(id);
  return { kind: 'some', ids, anchor: id };
}

/** Everything between the row last pressed and this one, both included, in the order of the page. */
export function extended(selection: Selection, id: string, page: readonly string[]): Selection {
  const from = selection.kind === 'some' ? page.indexOf(selection.anchor ?? '') : -1;
  const to = page.indexOf(id);
  if (from < 0 || to < 0) return toggled(selection, id, page);
  const ids = idsOf(selection, page);
  for (const between of page.slice(Math.min(from, to), Math.max(from, to) + 1)) ids.add(between);
  return { kind: 'some', ids, anchor: id };
}

/** How much of the page is selected. */
export function coverOf(selection: Selection, page: readonly string[]): 'none' | 'part' | 'whole' {
  const count = page.filter((id) => isSelected(selection, id)).length;
  if (count === 0) return 'none';
  return count === page.length ? 'whole' : 'part';
}

/** The whole page; when it is selected already, none of it. Other pages keep theirs. */
export function pageToggled(selection: Selection, page: readonly string[]): Selection {
  if (selection.kind === 'matching') return NOTHING;
  const whole = coverOf(selection, page) === 'whole';
  const ids = new Set(selection.ids);
  for (const id of page) {
    if (whole) ids.delete(id);
    else ids.add(id);
  }
  return { kind: 'some', ids, anchor: null };
}
