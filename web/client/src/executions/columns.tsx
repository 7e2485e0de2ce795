import type { ReactNode } from 'react';
import { Link } from 'wouter';
import {
  executionHref,
  flowHref,
  isOwnLabel,
  shortId,
  triggerIcon,
  triggerName,
} from '../app/places';
import { StateBadge } from '../states/StateBadge';
import { Copy } from '../ui/Copy';
import { Duration } from '../ui/Duration';
import { Icon } from '../ui/Icon';
import { LabelChips } from '../ui/LabelChips';
import { Timestamp } from '../ui/Timestamp';
import type { Part } from './filter';
import type { Row } from './listSource';
import type { OrderName } from './view';

export interface CellContext {
  /** Narrows the list. */
  readonly narrow: (part: Part) => void;
  /** There is no room for columns of times: they stand under the flow. */
  readonly stacked: boolean;
}

export interface Column {
  readonly title: string;
  /** Pixels; those without share what is left, in these parts. */
  readonly width?: number;
  readonly grow?: number;
  readonly order?: OrderName;
  readonly optional?: 'shown' | 'hidden';
  /** Numbers stand right, under each other. */
  readonly numeric?: boolean;
  readonly cell: (row: Row, context: CellContext) => ReactNode;
}

const moment = (at: string | null | undefined) =>
  at ? <Timestamp at={at} /> : <span className="faint">–</span>;

export const COLUMNS = {
  state: { title: 'State', width: 128, cell: ({ state }) => <StateBadge state={state} /> },
  id: {
    title: 'Execution',
    width: 132,
    cell: ({ id }) => (
      <span className="id-cell">
        <Link href={executionHref(id)} className="mono" title={id}>
          {shortId(id)}
        </Link>
        <Copy text={id} label="Copy the id" />
      </span>
    ),
  },
  namespace: {
    title: 'Namespace',
    grow: 3,
    optional: 'shown',
    cell: ({ namespace }, { narrow }) => (
      <button
        type="button"
        className="cell-button clip"
        title={`Only ${namespace}`}
        onClick={() => narrow({ kind: 'namespace', not: false, match: 'is', values: [namespace] })}
      >
        {namespace}
      </button>
    ),
  },
  flow: {
    title: 'Flow',
    grow: 4,
    optional: 'shown',
    cell: ({ namespace, flowId, startedAt, endedAt }, { stacked }) => (
      <>
        <Link className="clip strong" href={flowHref(namespace, flowId)} title={flowId}>
          {flowId}
        </Link>
        {stacked && startedAt && (
          <span className="stacked-times muted number">
            <Timestamp at={startedAt} />
            <Duration from={startedAt} to={endedAt} />
          </span>
        )}
      </>
    ),
  },
  labels: {
    title: 'Labels',
    grow: 3,
    optional: 'shown',
    cell: ({ labels }, { narrow }) => (
      <LabelChips
        labels={labels.filter(isOwnLabel)}
        onPress={({ key, value }) => narrow({ kind: 'label', not: false, key, value })}
      />
    ),
  },
  created: {
    title: 'Created',
    width: 124,
    order: 'created',
    optional: 'hidden',
    cell: ({ createdAt }) => moment(createdAt),
  },
  started: {
    title: 'Started',
    width: 124,
    order: 'started',
    optional: 'shown',
    cell: ({ startedAt }) => moment(startedAt),
  },
  ended: {
    title: 'Ended',
    width: 124,
    order: 'ended',
    optional: 'shown',
    cell: ({ endedAt }) => moment(endedAt),
  },
  duration: {
    title: 'Duration',
    width: 96,
    numeric: true,
    order: 'duration',
    optional: 'shown',
    cell: ({ startedAt, endedAt }) => <Duration from={startedAt} to={endedAt} />,
  },
  trigger: {
    title: 'Trigger',
    grow: 2,
    optional: 'shown',
    cell: ({ trigger }) => (
      <span
        className="trigger-cell muted"
        title={trigger?.type ?? 'Started by hand or by a program'}
      >
        <Icon name={triggerIcon(trigger?.type)} size={14} />
        <span className="clip">{triggerName(trigger)}</span>
      </span>
    ),
  },
  revision: {
    title: 'Revision',
    width: 72,
    optional: 'hidden',
    cell: ({ flowRevision }) => <span className="number muted">{flowRevision}</span>,
  },
  inputs: {
    title: 'Inputs',
    grow: 3,
    optional: 'hidden',
    cell: ({ inputs }) => {
      const text = JSON.stringify(inputs ?? {});
      return (
        <code className="clip muted" title={JSON.stringify(inputs, null, 2)}>
          {text}
        </code>
      );
    },
  },
} satisfies Record<string, Column>;

export type ColumnName = keyof typeof COLUMNS;
export const isColumnName = (name: unknown): name is ColumnName =>
  typeof name === 'string' && Object.hasOwn(COLUMNS, name);
export const columnOf = (name: ColumnName): Column => COLUMNS[name];
export const COLUMN_NAMES = Object.keys(COLUMNS) as ColumnName[];
