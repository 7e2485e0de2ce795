import type { MetricKind } from '../gql/graphql';
import { shown } from '../ui/duration';

const NUMBER = new Intl.NumberFormat(undefined, { maximumFractionDigits: 3 });

/** A number as it is read: times, which come in seconds, as durations. */
export const shownValue = (kind: MetricKind, value: number): string =>
  kind === 'TIMER' ? shown(value * 1000) : NUMBER.format(value);
