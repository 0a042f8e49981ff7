import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../kernel/clock.ts';
import { newId } from '../../kernel/new-id.ts';
import { Secret } from '../../kernel/secret.ts';
import { createEndpointGuard } from '../../platform/net/index.ts';
import type { IdentityIssuer } from '../identity/index.ts';
import { createCredentialResolver } from './credential-resolver.ts';
import { newExternalId } from './external-id.ts';
import { createPlatformIdentity, type PlatformKey } from './platform-identity.ts';

/** Tokens are of no concern here. */
const noIssuer: IdentityIssuer = {
  issuer: () => 'https://windlass.example.com',
  subjectOf: (id) => id,
  isKnownTo: () => false,
  issue: () => Promise.reject(new Error('no tokens here')),
  keySet: () => Promise.reject(new Error('no keys here')),
  discovery: () => ({}),
  rewrapKeys: () => Promise.resolve(0),
};

const rightId = newExternalId();
const granted = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
<AccessKeyId>ASIAEXAMPLE</AccessKeyId><SecretAccessKey>planted</SecretAccessKey><SessionToken>token</SessionToken>
<Expiration>2126-11-23T09:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;
const refusal = (code: string): string =>
  `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>No.</Message></Error></ErrorResponse>`;

/** What the STS says to whoever has not the right external ID. */
let others: { status: number; code: string };
let calls = 0;
const sts = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (chunk: string) => (body += chunk));
  request.on('end', () => {
    calls += 1;
    const right = new URLSearchParams(body).get('ExternalId') === rightId;
    response.writeHead(right ? 200 : others.status, { 'content-type': 'text/xml' });
    response.end(right ? granted : refusal(others.code));
  });
});
let endpoint = '';
beforeAll(async () => {
  sts.listen(0, '127.0.0.1');
  await once(sts, 'listening');
  // A TCP server's address is an AddressInfo.
  endpoint = `http://127.0.0.1:${(sts.address() as AddressInfo).port}`;
});
afterAll(() => {
  sts.close();
  sts.closeAllConnections();
});

const credentials = { accessKeyId: 'AKIAOURS', secretAccessKey: new Secret('ours'), sessionToken: null };
const resolve = (stsEndpoint: PlatformKey['stsEndpoint']) => {
  const guard = createEndpointGuard({ allow: ['127.0.0.1'] });
  const keys = [{ credentials, principal: 'arn:aws:iam::111122223333:user/ours', stsEndpoint }];
  const platform = createPlatformIdentity({ guard, keys });
  const resolver = createCredentialResolver({ guard, clock: systemClock, platform, issuer: noIssuer });
  const place = { provider: 'other', endpoint, region: 'us-east-1', bucket: 'photos', prefix: '' } as const;
  return resolver.resolve(
    { ...place, id: newId('con'), revision: 1, externalId: rightId },
    { kind: 'role', roleArn: 'arn:aws:iam::444455556666:role/theirs', base: null },
    'read',
    AbortSignal.timeout(10_000),
  );
};

describe('a role', () => {
  it('is used where its STS refuses everybody else', async () => {
    others = { status: 403, code: 'AccessDenied' };
    await expect(resolve(endpoint)).resolves.toMatchObject({ accessKeyId: 'ASIAEXAMPLE' });
  });

  // Each says nothing of the trust policy, and whoever keeps the STS busy could bring it about.
  it.each([
    { status: 400, code: 'Throttling' },
    { status: 429, code: 'TooManyRequests' },
    { status: 400, code: 'ValidationError' },
    { status: 403, code: 'RegionDisabledException' },
    { status: 503, code: 'ServiceUnavailable' },
  ])('is not used where the others are told $code: that is no refusal', async (said) => {
    others = said;
    await expect(resolve(endpoint)).rejects.toMatchObject({ code: expect.any(String) });
  });
});

it('never asks an STS of somebody’s own with the key that the operator has at AWS', async () => {
  others = { status: 403, code: 'AccessDenied' };
  const before = calls;
  await expect(resolve(null)).rejects.toThrow('no identity of its own');
  expect(calls).toBe(before);
});
