import { expect, test } from 'vitest';
import { askedFor, holds } from './condition';
import type { FlowInput } from './inputs';

const given = { express: true, kind: 'gift', count: 3, contact: { email: 'a@b.org' } };

test.each([
  ['{{ inputs.express }}', true],
  ['{{ not inputs.express }}', false],
  ["{{ inputs.kind == 'gift' }}", true],
  ['{{ inputs.kind != "gift" }}', false],
  ['{{ inputs.count > 2 and inputs.express }}', true],
  ["{{ inputs.kind == 'x' || (inputs.count <= 3 && inputs.express) }}", true],
  ["{{ inputs.contact.email == 'a@b.org' }}", true],
  ['{{ inputs.nothing }}', false],
  ['{{ inputs.express == false }}', false],
])('%s is %s', (condition, expected) => {
  expect(holds(condition, given)).toBe(expected);
});

test.each([
  '{{ inputs.kind | upper == "GIFT" }}',
  '{{ vars.x }}',
  '{{ inputs.kind > 3 }}',
  'yes {{ inputs.express }}',
  '{{ now() }}',
  '{{ inputs.count + 1 > 3 }}',
  '{{ }}',
])('%s is left to the server', (condition) => {
  expect(holds(condition, given)).toBeNull();
});

const input = (id: string, more: Partial<FlowInput> = {}): FlowInput => ({
  id,
  type: 'STRING',
  required: false,
  defaults: null,
  prefill: null,
  displayName: null,
  description: null,
  rules: {},
  ...more,
});

test('what depends on an input that is not asked for is not asked for either', () => {
  const declared = [
    input('express', { type: 'BOOL' }),
    input('carrier', { dependsOn: ['express'], condition: '{{ inputs.express }}' }),
    input('insured', { dependsOn: ['carrier'] }),
    input('always'),
  ];
  const ids = (express: boolean) => askedFor(declared, { express }).map(({ id }) => id);
  expect(ids(true)).toEqual(['express', 'carrier', 'insured', 'always']);
  expect(ids(false)).toEqual(['express', 'always']);
});
