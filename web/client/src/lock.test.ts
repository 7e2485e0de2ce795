import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Locked {
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly inBundle?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')) as {
  packages: Record<string, Locked>;
};
const packages = Object.entries(lock.packages).filter(([path]) => path !== '');

test('the lock names no registry', () => {
  expect(packages.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
});

test('every package of the lock is sealed', () => {
  const open = packages.filter(
    ([, { integrity, link, inBundle }]) => !integrity && !link && !inBundle,
  );
  expect(open.map(([path]) => path)).toEqual([]);
});

test('the lock holds the binaries of every platform', () => {
  const names = packages.flatMap(([, { optionalDependencies }]) =>
    Object.keys(optionalDependencies ?? {}),
  );
  const missing = names.filter(
    (name) => !packages.some(([path]) => path.endsWith(`node_modules/${name}`)),
  );
  expect(missing).toEqual([]);
});
