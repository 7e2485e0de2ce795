/** Operations of the live stores: a query over HTTP that is never cached, a subscription over the one socket. */
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { stringifyDocument } from '@urql/core';
import type { GraphQLError } from 'graphql';
import { client } from '../graphql/client';
import { socket } from '../graphql/socket';
import { NotFound, type StreamSink, type StreamVariables } from './stream';

/** Ask for the present state, past every cache. */
export async function ask<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const result = await client
    .query(document as TypedDocumentNode<Data>, variables, { requestPolicy: 'network-only' })
    .toPromise();
  const missing = result.error?.graphQLErrors.find((error) => codeOf(error) === 'NOT_FOUND');
  if (missing !== undefined) throw new NotFound(missing.message);
  if (result.error !== undefined) throw new Error(sentence(result.error));
  if (result.data === undefined) throw new Error('The server sent no data.');
  return result.data;
}

function sentence(error: { networkError?: Error; graphQLErrors: readonly GraphQLError[] }): string {
  if (error.networkError !== undefined) return 'The server cannot be reached.';
  return error.graphQLErrors.map(({ message }) => message).join(' ');
}

/** Subscribe; `variables` stays the same object, so that a reconnect sends what it holds by then. */
export function follow<Data, Variables, Item>(
  document: TypedDocumentNode<Data, Variables>,
  variables: StreamVariables,
  items: (data: Data) => Item | null,
  sink: StreamSink<Item>,
): () => void {
  return socket.subscribe<Data>(
    { query: stringifyDocument(document), variables },
    {
      next: ({ data, errors }) => {
        if (errors !== undefined) sink.error(problem(errors));
        const item = data === null || data === undefined ? null : items(data);
        if (item !== null) sink.next(item);
      },
      error: (thrown) => sink.error(problem(thrown)),
      complete: () => sink.complete(),
    },
  );
}

function problem(thrown: unknown): { message: string; code: string | null } {
  if (Array.isArray(thrown)) {
    const [first] = thrown as readonly GraphQLError[];
    return { message: first?.message ?? 'The stream failed.', code: codeOf(first) };
  }
  return {
    message: thrown instanceof Error ? thrown.message : 'The connection failed.',
    code: null,
  };
}

function codeOf(
  error: { readonly extensions?: Record<string, unknown> } | undefined,
): string | null {
  const code = error?.extensions?.code;
  return typeof code === 'string' ? code : null;
}
