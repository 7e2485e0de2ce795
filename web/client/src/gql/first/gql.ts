/* eslint-disable */
import * as types from './graphql';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "fragment ExecutionRow on Execution {\n  id\n  version\n  namespace\n  flowId\n  flowRevision\n  state\n  isTerminal\n  labels {\n    key\n    value\n  }\n  createdAt\n  startedAt\n  endedAt\n  attempt\n  trigger {\n    triggerId\n    type\n  }\n  inputs @include(if: $withInputs)\n}\n\nquery ExecutionsPage($filter: ExecutionFilter, $orderBy: ExecutionOrder, $first: Int, $after: String, $last: Int, $before: String, $withInputs: Boolean!) {\n  executions(\n    filter: $filter\n    orderBy: $orderBy\n    first: $first\n    after: $after\n    last: $last\n    before: $before\n  ) {\n    nodes {\n      ...ExecutionRow\n    }\n    pageInfo {\n      hasNextPage\n      hasPreviousPage\n      startCursor\n      endCursor\n    }\n    streamCursor\n    count {\n      value\n      precision\n    }\n  }\n}\n\nsubscription ExecutionsStream($filter: ExecutionFilter, $after: String, $withInputs: Boolean!) {\n  executions(filter: $filter, after: $after) {\n    __typename\n    ... on ExecutionChanged {\n      cursor\n      at\n      matches\n      execution {\n        ...ExecutionRow\n      }\n    }\n    ... on ExecutionRemoved {\n      cursor\n      at\n      executionId\n    }\n    ... on TaskRunChanged {\n      cursor\n    }\n    ... on TaskRunRemoved {\n      cursor\n    }\n    ... on StreamHeartbeat {\n      cursor\n      at\n    }\n    ... on StreamReset {\n      cursor\n      reason\n    }\n  }\n}": typeof types.ExecutionRowFragmentDoc,
    "query FilterValues {\n  namespaces {\n    name\n  }\n  flows(first: 200) {\n    nodes {\n      id\n      namespace\n      flowId\n      labels {\n        key\n        value\n      }\n    }\n  }\n}": typeof types.FilterValuesDocument,
};
const documents: Documents = {
    "fragment ExecutionRow on Execution {\n  id\n  version\n  namespace\n  flowId\n  flowRevision\n  state\n  isTerminal\n  labels {\n    key\n    value\n  }\n  createdAt\n  startedAt\n  endedAt\n  attempt\n  trigger {\n    triggerId\n    type\n  }\n  inputs @include(if: $withInputs)\n}\n\nquery ExecutionsPage($filter: ExecutionFilter, $orderBy: ExecutionOrder, $first: Int, $after: String, $last: Int, $before: String, $withInputs: Boolean!) {\n  executions(\n    filter: $filter\n    orderBy: $orderBy\n    first: $first\n    after: $after\n    last: $last\n    before: $before\n  ) {\n    nodes {\n      ...ExecutionRow\n    }\n    pageInfo {\n      hasNextPage\n      hasPreviousPage\n      startCursor\n      endCursor\n    }\n    streamCursor\n    count {\n      value\n      precision\n    }\n  }\n}\n\nsubscription ExecutionsStream($filter: ExecutionFilter, $after: String, $withInputs: Boolean!) {\n  executions(filter: $filter, after: $after) {\n    __typename\n    ... on ExecutionChanged {\n      cursor\n      at\n      matches\n      execution {\n        ...ExecutionRow\n      }\n    }\n    ... on ExecutionRemoved {\n      cursor\n      at\n      executionId\n    }\n    ... on TaskRunChanged {\n      cursor\n    }\n    ... on TaskRunRemoved {\n      cursor\n    }\n    ... on StreamHeartbeat {\n      cursor\n      at\n    }\n    ... on StreamReset {\n      cursor\n      reason\n    }\n  }\n}": types.ExecutionRowFragmentDoc,
    "query FilterValues {\n  namespaces {\n    name\n  }\n  flows(first: 200) {\n    nodes {\n      id\n      namespace\n      flowId\n      labels {\n        key\n        value\n      }\n    }\n  }\n}": types.FilterValuesDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment ExecutionRow on Execution {\n  id\n  version\n  namespace\n  flowId\n  flowRevision\n  state\n  isTerminal\n  labels {\n    key\n    value\n  }\n  createdAt\n  startedAt\n  endedAt\n  attempt\n  trigger {\n    triggerId\n    type\n  }\n  inputs @include(if: $withInputs)\n}\n\nquery ExecutionsPage($filter: ExecutionFilter, $orderBy: ExecutionOrder, $first: Int, $after: String, $last: Int, $before: String, $withInputs: Boolean!) {\n  executions(\n    filter: $filter\n    orderBy: $orderBy\n    first: $first\n    after: $after\n    last: $last\n    before: $before\n  ) {\n    nodes {\n      ...ExecutionRow\n    }\n    pageInfo {\n      hasNextPage\n      hasPreviousPage\n      startCursor\n      endCursor\n    }\n    streamCursor\n    count {\n      value\n      precision\n    }\n  }\n}\n\nsubscription ExecutionsStream($filter: ExecutionFilter, $after: String, $withInputs: Boolean!) {\n  executions(filter: $filter, after: $after) {\n    __typename\n    ... on ExecutionChanged {\n      cursor\n      at\n      matches\n      execution {\n        ...ExecutionRow\n      }\n    }\n    ... on ExecutionRemoved {\n      cursor\n      at\n      executionId\n    }\n    ... on TaskRunChanged {\n      cursor\n    }\n    ... on TaskRunRemoved {\n      cursor\n    }\n    ... on StreamHeartbeat {\n      cursor\n      at\n    }\n    ... on StreamReset {\n      cursor\n      reason\n    }\n  }\n}"): (typeof documents)["fragment ExecutionRow on Execution {\n  id\n  version\n  namespace\n  flowId\n  flowRevision\n  state\n  isTerminal\n  labels {\n    key\n    value\n  }\n  createdAt\n  startedAt\n  endedAt\n  attempt\n  trigger {\n    triggerId\n    type\n  }\n  inputs @include(if: $withInputs)\n}\n\nquery ExecutionsPage($filter: ExecutionFilter, $orderBy: ExecutionOrder, $first: Int, $after: String, $last: Int, $before: String, $withInputs: Boolean!) {\n  executions(\n    filter: $filter\n    orderBy: $orderBy\n    first: $first\n    after: $after\n    last: $last\n    before: $before\n  ) {\n    nodes {\n      ...ExecutionRow\n    }\n    pageInfo {\n      hasNextPage\n      hasPreviousPage\n      startCursor\n      endCursor\n    }\n    streamCursor\n    count {\n      value\n      precision\n    }\n  }\n}\n\nsubscription ExecutionsStream($filter: ExecutionFilter, $after: String, $withInputs: Boolean!) {\n  executions(filter: $filter, after: $after) {\n    __typename\n    ... on ExecutionChanged {\n      cursor\n      at\n      matches\n      execution {\n        ...ExecutionRow\n      }\n    }\n    ... on ExecutionRemoved {\n      cursor\n      at\n      executionId\n    }\n    ... on TaskRunChanged {\n      cursor\n    }\n    ... on TaskRunRemoved {\n      cursor\n    }\n    ... on StreamHeartbeat {\n      cursor\n      at\n    }\n    ... on StreamReset {\n      cursor\n      reason\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query FilterValues {\n  namespaces {\n    name\n  }\n  flows(first: 200) {\n    nodes {\n      id\n      namespace\n      flowId\n      labels {\n        key\n        value\n      }\n    }\n  }\n}"): (typeof documents)["query FilterValues {\n  namespaces {\n    name\n  }\n  flows(first: 200) {\n    nodes {\n      id\n      namespace\n      flowId\n      labels {\n        key\n        value\n      }\n    }\n  }\n}"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;