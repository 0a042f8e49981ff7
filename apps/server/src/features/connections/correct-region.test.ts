import { expect, it } from 'vitest';
import { correctPlacement } from './correct-region.ts';

const frankfurt = { region: 'eu-central-1', endpoint: 'https://s3.eu-central-1.amazonaws.com' };
const virginia = { region: 'us-east-1', endpoint: 'https://s3.us-east-1.amazonaws.com' };

it.each([
  ['the same region', 'aws', virginia, 'us-east-1', null],
  ['no region named', 'aws', virginia, null, null],
  ['an endpoint of the old region', 'aws', virginia, 'eu-central-1', frankfurt],
  [
    'the global endpoint',
    'aws',
    { ...virginia, endpoint: 'https://s3.amazonaws.com' },
    'eu-central-1',
    frankfurt,
  ],
  [
    'an endpoint of one’s own',
    'aws',
    { region: 'us-east-1', endpoint: 'https://vpce-1.example.com' },
    'eu-west-1',
    { region: 'eu-west-1', endpoint: 'https://vpce-1.example.com' },
  ],
  ['a provider whose region is fixed', 'r2', { region: 'auto', endpoint: 'https://a.example' }, 'weur', null],
  [
    'a provider without a template',
    'ceph',
    { region: 'us-east-1', endpoint: 'https://ceph.example' },
    'default',
    { region: 'default', endpoint: 'https://ceph.example' },
  ],
] as const)('%s', (_, provider, placement, found, expected) => {
  expect(correctPlacement(provider, placement, found)).toEqual(expected);
});
