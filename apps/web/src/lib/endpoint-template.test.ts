import { providerIds } from '@windlass/contract';
import { expect, it } from 'vitest';
import { endpointBlanks, fillEndpoint } from './endpoint-template.ts';

it('fills the region', () => {
  expect(fillEndpoint('aws', { region: ' eu-central-1 ', account: '' })).toBe(
    'https://s3.eu-central-1.amazonaws.com',
  );
});

it('fills the account', () => {
  expect(fillEndpoint('r2', { region: 'auto', account: 'abc' })).toBe('https://abc.r2.cloudflarestorage.com');
});

it('takes a dollar sign as it is', () => {
  expect(fillEndpoint('r2', { region: '', account: '$&' })).toBe('https://$&.r2.cloudflarestorage.com');
});

it.each(providerIds)('leaves nothing unfilled for %s', (provider) => {
  expect(fillEndpoint(provider, { region: 'x', account: 'y' })).not.toMatch(/[{}]/);
  expect(fillEndpoint(provider, { region: '', account: '' })).toBe('');
  const { region, account, free } = endpointBlanks(provider);
  expect(region || account).toBe(!free);
});
