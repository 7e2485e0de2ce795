/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** How exact a count is. */
export type CountPrecision =
  /** Counting stopped at the limit; there are more. */
  | 'AT_LEAST'
  /** There are exactly so many. */
  | 'EXACT';

/** Conditions on a moment. A moment that is not there meets none. */
export type DateTimeFilter = {
  /** Later than this moment. */
  gt?: string | null | undefined;
  /** At this moment or later. */
  gte?: string | null | undefined;
  /** Earlier than this moment. */
  lt?: string | null | undefined;
  /** At this moment or earlier. */
  lte?: string | null | undefined;
  /** Not longer ago than this, counted from the time of the query. */
  within?: string | null | undefined;
};

/** Conditions on a length of time. */
export type DurationFilter = {
  /** Longer than this. */
  gt?: string | null | undefined;
  /** This long or longer. */
  gte?: string | null | undefined;
  /** Shorter than this. */
  lt?: string | null | undefined;
  /** This long or shorter. */
  lte?: string | null | undefined;
};

/** Which executions are meant. All that is set must hold. */
export type ExecutionFilter = {
  /** All of these hold, too. */
  and?: Array<ExecutionFilter> | null | undefined;
  /** When it was created. */
  createdAt?: DateTimeFilter | null | undefined;
  /** How long it ran; one that still runs, until now. */
  duration?: DurationFilter | null | undefined;
  /** When it ended. */
  endedAt?: DateTimeFilter | null | undefined;
  /** Its flow. */
  flowId?: StringFilter | null | undefined;
  /** Whether another execution started it. */
  isChild?: boolean | null | undefined;
  /** Conditions on labels, all of which hold. */
  labels?: Array<LabelFilter> | null | undefined;
  /** The namespace of its flow. */
  namespace?: NamespaceFilter | null | undefined;
  /** This does not hold. */
  not?: ExecutionFilter | null | undefined;
  /** At least one of these holds. */
  or?: Array<ExecutionFilter> | null | undefined;
  /** The execution that started it. */
  parentId?: string | null | undefined;
  /** Whose executions. */
  scope?: ExecutionScope | null | undefined;
  /** When it began to run. */
  startedAt?: DateTimeFilter | null | undefined;
  /** Its state. */
  state?: ExecutionStateFilter | null | undefined;
  /** It has a task run of such a task. */
  taskId?: StringFilter | null | undefined;
  /** Its id begins with this, or its flow, namespace or a label's value holds it. */
  text?: string | null | undefined;
  /** The trigger that started it. */
  triggerId?: StringFilter | null | undefined;
};

/** How executions are sorted. */
export type ExecutionOrder = {
  /** Which way they are sorted. */
  direction?: SortDirection;
  /** What they are sorted by. */
  field?: ExecutionOrderField;
};

/** What executions can be sorted by. */
export type ExecutionOrderField =
  /** When they were created. */
  | 'CREATED_AT'
  /** How long they ran; those that have not ended count as the longest. */
  | 'DURATION'
  /** When they ended; those that have not count as the latest. */
  | 'ENDED_AT'
  /** When they began; those that have not count as the latest. */
  | 'STARTED_AT';

/** Whose executions are meant. */
export type ExecutionScope =
  /** Those of the namespace `system`. */
  | 'SYSTEM'
  /** Those of people's own namespaces. */
  | 'USER';

/** Where an execution stands. More states may come; ask `isTerminal` instead of keeping a list. */
export type ExecutionState =
  /** It stopped before a task that was marked as a breakpoint. Not terminal. */
  | 'BREAKPOINT'
  /** It was refused before it began, or was ended by an SLA or a limit. Terminal. */
  | 'CANCELLED'
  /** It exists and has not begun; a scheduled one waits here. Not terminal. */
  | 'CREATED'
  /** A task failed and nothing allowed that. Terminal. */
  | 'FAILED'
  /** It was killed and nothing of it runs any more. Terminal. */
  | 'KILLED'
  /** Somebody killed it; its running tasks are being stopped. Not terminal. */
  | 'KILLING'
  /** It waits for somebody to resume it, or for a pause to run out. Not terminal. */
  | 'PAUSED'
  /** The flow's concurrency limit is reached: it waits for a place. Not terminal. */
  | 'QUEUED'
  /** Somebody restarted it; it runs in a moment. Not terminal. */
  | 'RESTARTED'
  /** It failed and another execution took over. Terminal. */
  | 'RETRIED'
  /** It failed and will be tried again as a whole. Not terminal. */
  | 'RETRYING'
  /** Its tasks are being run. Not terminal. */
  | 'RUNNING'
  /** Every task that had to succeed did. Terminal. */
  | 'SUCCESS'
  /** It ended, with a warning or with a failure that was allowed. Terminal. */
  | 'WARNING';

/** Conditions on the state of an execution. */
export type ExecutionStateFilter = {
  /** It is one of these. */
  in?: Array<ExecutionState> | null | undefined;
  /** It is none of these. */
  notIn?: Array<ExecutionState> | null | undefined;
};

/** A condition on one label. */
export type LabelFilter = {
  /** The label's key. */
  key: string;
  /** How the label is compared. */
  op?: LabelOperator;
  /** The value to compare with; needed by EQUALS and NOT_EQUALS. */
  value?: string | null | undefined;
};

/** How a label is compared. */
export type LabelOperator =
  /** The label is there and has this value. */
  | 'EQUALS'
  /** The label is there, whatever its value. */
  | 'EXISTS'
  /** The label has another value or is not there. */
  | 'NOT_EQUALS'
  /** The label is not there. */
  | 'NOT_EXISTS';

/** Conditions on a namespace. */
export type NamespaceFilter = {
  /** It holds this somewhere, whatever the case of letters. */
  contains?: string | null | undefined;
  /** It is one of these. */
  in?: Array<string> | null | undefined;
  /** It is none of these. */
  notIn?: Array<string> | null | undefined;
  /** It is this namespace or one below it: `a.b` finds `a.b.c`. */
  prefix?: string | null | undefined;
};

/** Which way a list is sorted. */
export type SortDirection =
  /** From the least to the most: the oldest first. */
  | 'ASC'
  /** From the most to the least: the newest first. */
  | 'DESC';

/** Conditions on a text. */
export type StringFilter = {
  /** It holds this somewhere, whatever the case of letters. */
  contains?: string | null | undefined;
  /** It ends with this. */
  endsWith?: string | null | undefined;
  /** It is exactly this. */
  eq?: string | null | undefined;
  /** It is one of these. */
  in?: Array<string> | null | undefined;
  /** It is anything but this. */
  notEq?: string | null | undefined;
  /** It is none of these. */
  notIn?: Array<string> | null | undefined;
  /** It begins with this. */
  startsWith?: string | null | undefined;
};

export type ExecutionRowFragment = { id: string, version: number, namespace: string, flowId: string, flowRevision: number, state: ExecutionState, isTerminal: boolean, createdAt: string, startedAt: string | null, endedAt: string | null, attempt: number, inputs?: unknown, labels: Array<{ key: string, value: string }>, trigger: { triggerId: string, type: string } | null };

export type ExecutionsPageQueryVariables = Exact<{
  filter?: ExecutionFilter | null | undefined;
  orderBy?: ExecutionOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  withInputs: boolean;
}>;


export type ExecutionsPageQuery = { executions: { streamCursor: string, nodes: Array<{ id: string, version: number, namespace: string, flowId: string, flowRevision: number, state: ExecutionState, isTerminal: boolean, createdAt: string, startedAt: string | null, endedAt: string | null, attempt: number, inputs?: unknown, labels: Array<{ key: string, value: string }>, trigger: { triggerId: string, type: string } | null }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, count: { value: number, precision: CountPrecision } } };

export type ExecutionsStreamSubscriptionVariables = Exact<{
  filter?: ExecutionFilter | null | undefined;
  after?: string | null | undefined;
  withInputs: boolean;
}>;


export type ExecutionsStreamSubscription = { executions:
    | { __typename: 'ExecutionChanged', cursor: string, at: string, matches: boolean, execution: { id: string, version: number, namespace: string, flowId: string, flowRevision: number, state: ExecutionState, isTerminal: boolean, createdAt: string, startedAt: string | null, endedAt: string | null, attempt: number, inputs?: unknown, labels: Array<{ key: string, value: string }>, trigger: { triggerId: string, type: string } | null } }
    | { __typename: 'ExecutionRemoved', cursor: string, at: string, executionId: string }
    | { __typename: 'StreamHeartbeat', cursor: string, at: string }
    | { __typename: 'StreamReset', cursor: string, reason: string }
    | { __typename: 'TaskRunChanged', cursor: string }
    | { __typename: 'TaskRunRemoved', cursor: string }
   };

export type FilterValuesQueryVariables = Exact<{ [key: string]: never; }>;


export type FilterValuesQuery = { namespaces: Array<{ name: string }>, flows: { nodes: Array<{ id: string, namespace: string, flowId: string, labels: Array<{ key: string, value: string }> }> } };

export const ExecutionRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ExecutionRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Execution"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"namespace"}},{"kind":"Field","name":{"kind":"Name","value":"flowId"}},{"kind":"Field","name":{"kind":"Name","value":"flowRevision"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"isTerminal"}},{"kind":"Field","name":{"kind":"Name","value":"labels"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"attempt"}},{"kind":"Field","name":{"kind":"Name","value":"trigger"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"triggerId"}},{"kind":"Field","name":{"kind":"Name","value":"type"}}]}},{"kind":"Field","name":{"kind":"Name","value":"inputs"},"directives":[{"kind":"Directive","name":{"kind":"Name","value":"include"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"if"},"value":{"kind":"Variable","name":{"kind":"Name","value":"withInputs"}}}]}]}]}}]} as unknown as DocumentNode<ExecutionRowFragment, unknown>;
export const ExecutionsPageDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ExecutionsPage"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ExecutionFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ExecutionOrder"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"before"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"withInputs"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Boolean"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"executions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}},{"kind":"Argument","name":{"kind":"Name","value":"before"},"value":{"kind":"Variable","name":{"kind":"Name","value":"before"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ExecutionRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"streamCursor"}},{"kind":"Field","name":{"kind":"Name","value":"count"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"precision"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ExecutionRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Execution"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"namespace"}},{"kind":"Field","name":{"kind":"Name","value":"flowId"}},{"kind":"Field","name":{"kind":"Name","value":"flowRevision"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"isTerminal"}},{"kind":"Field","name":{"kind":"Name","value":"labels"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"attempt"}},{"kind":"Field","name":{"kind":"Name","value":"trigger"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"triggerId"}},{"kind":"Field","name":{"kind":"Name","value":"type"}}]}},{"kind":"Field","name":{"kind":"Name","value":"inputs"},"directives":[{"kind":"Directive","name":{"kind":"Name","value":"include"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"if"},"value":{"kind":"Variable","name":{"kind":"Name","value":"withInputs"}}}]}]}]}}]} as unknown as DocumentNode<ExecutionsPageQuery, ExecutionsPageQueryVariables>;
export const ExecutionsStreamDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"ExecutionsStream"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ExecutionFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"withInputs"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Boolean"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"executions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ExecutionChanged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"matches"}},{"kind":"Field","name":{"kind":"Name","value":"execution"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ExecutionRow"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ExecutionRemoved"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"executionId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TaskRunChanged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TaskRunRemoved"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StreamHeartbeat"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"at"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StreamReset"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ExecutionRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Execution"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"namespace"}},{"kind":"Field","name":{"kind":"Name","value":"flowId"}},{"kind":"Field","name":{"kind":"Name","value":"flowRevision"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"isTerminal"}},{"kind":"Field","name":{"kind":"Name","value":"labels"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"attempt"}},{"kind":"Field","name":{"kind":"Name","value":"trigger"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"triggerId"}},{"kind":"Field","name":{"kind":"Name","value":"type"}}]}},{"kind":"Field","name":{"kind":"Name","value":"inputs"},"directives":[{"kind":"Directive","name":{"kind":"Name","value":"include"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"if"},"value":{"kind":"Variable","name":{"kind":"Name","value":"withInputs"}}}]}]}]}}]} as unknown as DocumentNode<ExecutionsStreamSubscription, ExecutionsStreamSubscriptionVariables>;
export const FilterValuesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"FilterValues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"namespaces"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"flows"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"200"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"namespace"}},{"kind":"Field","name":{"kind":"Name","value":"flowId"}},{"kind":"Field","name":{"kind":"Name","value":"labels"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}}]}}]}}]} as unknown as DocumentNode<FilterValuesQuery, FilterValuesQueryVariables>;