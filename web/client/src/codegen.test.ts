import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type CodegenContext, generate } from '@graphql-codegen/cli';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

test('the generated types are those of the schema and the operations', async () => {
  const config = JSON.parse(readFileSync(`${root}codegen.json`, 'utf8')) as Exclude<
    Parameters<typeof generate>[0],
    CodegenContext
  >;
  const files = await generate({ ...config, cwd: root, silent: true }, false);
  expect(files.length).toBeGreaterThan(0);
  for (const { filename, content } of files) {
    const kept = readFileSync(new URL(filename, `file://${root}`), 'utf8');
    expect(kept === content, `${filename} is old: run npm run codegen`).toBe(true);
  }
}, 60_000);
