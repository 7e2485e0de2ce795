import { cacheExchange } from '@urql/exchange-graphcache';
import { createClient, fetchExchange } from 'urql';

/** The client of everything that is asked once. What moves goes through `socket` into a live store. */
export const client = createClient({
  url: '/graphql',
  preferGetMethod: false,
  exchanges: [cacheExchange({}), fetchExchange],
});
