import { capabilities, generate, type GenerateInput } from '@windlass/policy/generate';
import { expect, it } from 'vitest';
import { firstStudio } from '../state/examples.ts';
import { toGenerateInput } from './generate-input.ts';
import { proofOf } from './proof.ts';

const input = toGenerateInput(firstStudio.generate);
const proved = (patch: Partial<GenerateInput>) => {
  const made = { ...input, ...patch };
  return proofOf(generate(made), made);
};

it.each(capabilities.map((one) => [one]))('finds the documents for %s as they should be', (one) => {
  const proof = proved({ capabilities: [one], addOns: { writeOnce: true, tlsOnly: true } });
  expect(proof?.wrong).toEqual([]);
  expect(proof?.must).toBeGreaterThan(2);
  expect(proof?.mustNot).toBeGreaterThan(2);
});

it('finds what documents for another prefix get wrong', () => {
  const proof = proofOf(generate({ ...input, prefix: '' }), input);
  expect(proof?.wrong.length).toBeGreaterThan(0);
});

it('proves nothing where a provider has no policies', () => {
  expect(proved({ provider: 'r2' })).toBeNull();
});
