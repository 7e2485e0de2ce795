import { type DocumentNode, print, stripIgnoredCharacters } from 'graphql';
import type { Plugin } from 'vite';

const DOCUMENT = /(export const \w+ = )(\{"kind":"Document".*\})( as unknown as )/g;

/** What the first page asks stands in a module of its own; all else is loaded with what asks it. */
const GENERATED = /\/src\/gql\/(?:first\/)?graphql\.ts$/;

/**
 * Ships operations as text, read when the page starts, instead of as syntax trees: an eighth of the size,
 * and nothing but the generated module has to know.
 */
export function documentsAsText(): Plugin {
  const documents: string[] = [];
  return {
    name: 'flowdeck:documents-as-text',
    enforce: 'pre',
    transform(code, id) {
      if (!GENERATED.test(id)) return null;
      const written = code.replace(DOCUMENT, (_, head: string, tree: string, tail: string) => {
        const text = stripIgnoredCharacters(print(JSON.parse(tree) as DocumentNode));
        documents.push(text);
        return `${head}/* @__PURE__ */ gql(${JSON.stringify(text)})${tail}`;
      });
      return { code: `import { gql } from '@urql/core';\n${written}`, map: null };
    },
    // The server reads them as trusted documents, when it answers no others.
    generateBundle() {
      this.emitFile({
        type: 'asset',
        fileName: 'documents.json',
        source: JSON.stringify(documents),
      });
    },
  };
}
