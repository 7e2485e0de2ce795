/** What the pages have asked the API, so that each can show it. */

export interface Operation {
  readonly name: string;
  readonly text: string;
  readonly variables: unknown;
}

const KEPT = 40;
/** By the page and the name of the operation, the latest last. */
const spoken = new Map<string, Operation & { readonly page: string }>();

const NAME = /(?:query|mutation|subscription)\s+(\w+)/;

/** Notes an operation as it goes to the server from the page that is open. */
export function noteOperation(text: string, variables: unknown, page: string): void {
  const name = NAME.exec(text)?.[1] ?? '';
  const key = `${page} ${name}`;
  spoken.delete(key);
  spoken.set(key, { name, text, variables, page });
  for (const [oldest] of spoken) {
    if (spoken.size <= KEPT) break;
    spoken.delete(oldest);
  }
}

/** The operations of one page, by its path, in the order they were last sent. */
export const operationsOf = (page: string): readonly Operation[] =>
  [...spoken.values()].filter((each) => each.page === page);
