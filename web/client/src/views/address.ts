/**
 * What a saved view keeps of the list's address: the filter and the order. Where somebody stood in the list
 * and how much of it they saw at once is theirs.
 */
const NOT_KEPT = new Set(['after', 'before', 'size', 'chart']);

const kept = (search: string): [string, string][] =>
  [...new URLSearchParams(search)].filter(([key]) => !NOT_KEPT.has(key));

/** The part of the address that a view keeps, without a question mark. */
export const keptOf = (search: string): string => new URLSearchParams(kept(search)).toString();

/** Whether two addresses show the same, in whatever order they say it. */
export function sameView(one: string, other: string): boolean {
  const sorted = (search: string) => JSON.stringify(kept(search).map(String).sort());
  return sorted(one) === sorted(other);
}
