/** What a metric was in the last executions of a flow: one value for each. */

interface Published {
  readonly executionId: string;
  readonly at: string;
  readonly value: number;
  readonly kind: 'COUNTER' | 'TIMER';
}

export interface Point {
  readonly executionId: string;
  /** When its first value was published. */
  readonly at: string;
  readonly value: number;
  /** How many values there were. */
  readonly count: number;
}

export const MOST_POINTS = 40;

/** Values of one execution are added where they count things, and averaged where they are times. */
export function pointsOf(published: readonly Published[]): Point[] {
  const byExecution = new Map<string, Published[]>();
  for (const each of published)
    byExecution.set(each.executionId, [...(byExecution.get(each.executionId) ?? []), each]);
  return [...byExecution].slice(-MOST_POINTS).flatMap(([executionId, values]) => {
    const [first] = values;
    if (first === undefined) return [];
    const sum = values.reduce((total, { value }) => total + value, 0);
    const value = first.kind === 'TIMER' ? sum / values.length : sum;
    return [{ executionId, at: first.at, value, count: values.length }];
  });
}

/** The one in the middle: what is usual, whatever a few outliers did. */
export function median(points: readonly Point[]): number {
  const sorted = points.map(({ value }) => value).sort((one, other) => one - other);
  const half = sorted.length / 2;
  const [low = 0, high = low] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]];
  return (low + high) / 2;
}

/** The share of the height that each value takes; what is below zero is drawn as nothing. */
export function heights(points: readonly Point[]): number[] {
  const most = Math.max(...points.map(({ value }) => value), Number.MIN_VALUE);
  return points.map(({ value }) => Math.max(0, value / most));
}
