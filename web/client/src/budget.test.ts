import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { build, type Rollup } from 'vite';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { codeSplitting } from '../vite.chunks.ts';
import { documentsAsText } from '../vite.documents.ts';

/** The sizes the client keeps to, in kB after gzip. */
const FIRST_LOAD = 110;
const LAZY_CHUNK = 170;

type Chunk = Rollup.OutputChunk;
const root = fileURLToPath(new URL('..', import.meta.url));
let output: Rollup.RollupOutput['output'];

beforeAll(async () => {
  vi.stubEnv('NODE_ENV', 'production');
  const built = await build({
    root,
    configFile: false,
    plugins: [documentsAsText(), react()],
    logLevel: 'silent',
    build: { write: false, target: 'es2022', rolldownOptions: { output: { codeSplitting } } },
  });
  const [first] = Array.isArray(built) ? built : [built];
  if (!first || !('output' in first)) throw new Error('the build yields no output');
  output = first.output;
}, 60_000);

const kilobytes = (source: string | Uint8Array) => gzipSync(source).length / 1000;
const chunks = () => output.filter((each): each is Chunk => each.type === 'chunk');

/** A chunk with everything it imports at once. */
function withImports(entry: Chunk): Chunk[] {
  const found = new Map<string, Chunk>();
  const visit = (chunk: Chunk | undefined) => {
    if (!chunk || found.has(chunk.fileName)) return;
    found.set(chunk.fileName, chunk);
    for (const name of chunk.imports) visit(chunks().find(({ fileName }) => fileName === name));
  };
  visit(entry);
  return [...found.values()];
}

describe('the built client', () => {
  test('loads its first page within budget', () => {
    const entry = chunks().find(({ isEntry }) => isEntry);
    if (!entry) throw new Error('the build has no entry');
    const page = output.find(({ fileName }) => fileName === 'index.html');
    const html = page?.type === 'asset' ? String(page.source) : '';
    const styles = output.flatMap((each) =>
      each.type === 'asset' && each.fileName.endsWith('.css') && html.includes(each.fileName)
        ? [each.source]
        : [],
    );
    const sizes = [...withImports(entry).map(({ code }) => code), ...styles].map(kilobytes);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(FIRST_LOAD);
  });

  test('has no larger piece than a lazy chunk may be', () => {
    const large = chunks().filter(({ code }) => kilobytes(code) > LAZY_CHUNK);
    expect(large.map(({ fileName }) => fileName)).toEqual([]);
  });

  test('names no foreign host that it would ask', () => {
    const asked = chunks().flatMap(({ code }) => [
      ...code.matchAll(/(?:fetch|import|src=|href=)\(?["'`](https?:\/\/[^"'`]+)/g),
    ]);
    expect(asked.map((found) => found[1])).toEqual([]);
  });
});
