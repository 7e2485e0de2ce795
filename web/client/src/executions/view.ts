/** What the address says of the list besides the filter: the order, the size of a page, the place. */
import type { ExecutionOrder, ExecutionOrderField } from '../gql/first/graphql';

export const ORDERS = {
  created: 'CREATED_AT',
  started: 'STARTED_AT',
  ended: 'ENDED_AT',
  duration: 'DURATION',
} as const satisfies Record<string, ExecutionOrderField>;

export type OrderName = keyof typeof ORDERS;
export const SIZES = [25, 50, 100] as const;
const SIZE = 50;

export interface View {
  readonly order: OrderName;
  readonly descending: boolean;
  readonly size: number;
  readonly after: string | null;
  readonly before: string | null;
}

/** Unknown orders and sizes fall back to the newest fifty. */
export function viewOf(search: string): View {
  const params = new URLSearchParams(search);
  const order = params.get('order') ?? '-created';
  const name = order.replace(/^-/, '');
  const known = Object.hasOwn(ORDERS, name);
  const size = Number(params.get('size'));
  return {
    order: known ? (name as OrderName) : 'created',
    descending: known ? order.startsWith('-') : true,
    size: (SIZES as readonly number[]).includes(size) ? size : SIZE,
    after: params.get('after'),
    before: params.get('before'),
  };
}

export const orderBy = ({ order, descending }: View): ExecutionOrder => ({
  field: ORDERS[order],
  direction: descending ? 'DESC' : 'ASC',
});

/** The relay arguments of the page in view. */
export const pageOf = ({ size, after, before }: View) =>
  before ? { last: size, before } : { first: size, after: after ?? undefined };

/** Newcomers belong at the top only here: the newest first, from the beginning. */
export const takesNewcomers = (view: View): boolean =>
  view.order === 'created' && view.descending && !view.after && !view.before;

/** What a press on a column's head asks for: down first, then up; null is the default order. */
export function nextOrder(view: View, column: OrderName): string | null {
  const next = view.order === column && view.descending ? column : `-${column}`;
  return next === '-created' ? null : next;
}
