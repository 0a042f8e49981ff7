import { expect, it } from 'vitest';
import { checkCredentialsOf } from './check-credentials.ts';
import type { ConnectionRow } from './store.ts';

const letIn = async () => ({ ok: true, found: null, durationMilliseconds: 0 }) as const;

const proofOf = async (place: { bucket: string; prefix: string }) => {
  // The columns that a trust policy is made of.
  const row = {
    provider: 'aws',
    region: 'eu-west-1',
    jobs: ['deliver'],
    externalId: 'abc',
    ...place,
  } as ConnectionRow;
  const { proveTrust } = checkCredentialsOf(
    {
      resolver: {
        tryResolve: () => Promise.reject(new Error('No session is asked for.')),
        tryTrust: letIn,
      },
      trustFacts: async () => ({ principal: 'arn:aws:iam::111122223333:user/windlass', webIdentity: null }),
    },
    row,
    { kind: 'role', roleArn: 'arn:aws:iam::444455556666:role/media', base: null },
  );
  if (proveTrust === null) throw new Error('A role has a trust policy.');
  return proveTrust({
    address: {
      endpoint: 'https://s3.eu-west-1.amazonaws.com',
      region: 'eu-west-1',
      addressing: 'path',
      ...place,
    },
    clockOffsetMilliseconds: 0,
    signal: AbortSignal.timeout(1000),
  });
};

it('shows the trust policy as it should read, with our principal and the external ID', async () => {
  const { trustPolicy, mustTell } = await proofOf({ bucket: 'media', prefix: 'in/' });
  expect(mustTell).toBe(true);
  expect(JSON.parse(trustPolicy ?? '')).toMatchObject({
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111122223333:user/windlass' },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': 'abc' } },
      },
    ],
  });
});

it.each(['a//b/', 'tab\t/'])(
  'shows it for the prefix %j too, below which no rights can be written',
  async (prefix) => {
    const { trustPolicy } = await proofOf({ bucket: 'media', prefix });
    expect(trustPolicy).toContain('sts:ExternalId');
  },
);

it('leaves it out, and fails no check, where the name can be no bucket’s', async () => {
  expect((await proofOf({ bucket: 'Media', prefix: '' })).trustPolicy).toBeNull();
});
