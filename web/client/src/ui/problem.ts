import type { CombinedError } from 'urql';

/** What went wrong with a request, in a sentence for its reader. */
export function problemOf(error: CombinedError): string {
  if (error.networkError) return 'The server cannot be reached. What is shown may be old.';
  return error.graphQLErrors.map(({ message }) => message).join(' ');
}
