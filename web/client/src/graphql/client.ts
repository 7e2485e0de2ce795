import { cacheExchange, createClient, fetchExchange } from 'urql';
import { noteOperation } from './spoken';

/**
 * The client of everything that is asked once; what moves goes through `socket` into a live store. The cache
 * holds whole answers: a change asks again for every answer that has a thing of the changed type in it.
 */
export const client = createClient({
  url: '/graphql',
  preferGetMethod: false,
  // Answers come whole: without this the default offers streams, too.
  fetchOptions: { headers: { accept: 'application/graphql-response+json, application/json' } },
  fetch: (address, options) => {
    noteRequest(options?.body);
    return fetch(address, options);
  },
  exchanges: [cacheExchange, fetchExchange],
});

function noteRequest(body: BodyInit | null | undefined): void {
  if (typeof body !== 'string') return;
  const { query, variables } = JSON.parse(body) as { query: string; variables: unknown };
  noteOperation(query, variables, location.pathname);
}
