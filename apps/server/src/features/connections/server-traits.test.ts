import { providerIds } from '@windlass/contract';
import { providerProfiles } from '@windlass/policy/generate';
import { expect, test } from 'vitest';
import { traitsOf } from './server-traits.ts';

test('knows the embedded bucket by its preset, and by its own name where no preset was chosen', () => {
  expect(traitsOf('embedded', null)).toEqual(traitsOf('other', 'Windlass'));
  expect(traitsOf('embedded', null)).toMatchObject({ conditionalDelete: true, takesStatements: true });
  expect(traitsOf('other', 'MinIO').conditionalDelete).toBe(false);
  // Who chose another provider is taken at their word: a server can call itself anything.
  expect(traitsOf('ceph', 'Windlass')).toEqual(traitsOf('ceph', null));
});

test.each(providerIds)('judges %s by its own profile', (provider) => {
  expect(traitsOf(provider, null).profile).toBe(providerProfiles[provider]);
});
