import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '../../kernel/secret.ts';
import { createEndpointGuard } from '../net/index.ts';
import { describeStsFailure } from './describe-sts-failure.ts';
import { createScrub } from './scrub.ts';
import { createStsClient, type StsClient } from './sts-client.ts';

let answer = { status: 200, body: '' };
let heard = '';
let signed: string | undefined;
const server = createServer((request, response) => {
  signed = request.headers.authorization;
  void readText(request).then((body) => {
    heard = body;
    return response.writeHead(answer.status, { 'content-type': 'text/xml' }).end(answer.body);
  });
});
let endpoint = '';
const guard = createEndpointGuard({ allow: ['127.0.0.1'] });
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A TCP server's address is an AddressInfo.
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

const { signal } = new AbortController();
const request = {
  roleArn: 'arn:aws:iam::111122223333:role/windlass',
  sessionName: 'windlass-read-con_1',
  sessionPolicy: '{}',
};
const clientOf = (at = endpoint): StsClient =>
  createStsClient({
    guard,
    endpoint: at,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIA1', secretAccessKey: new Secret('secret'), sessionToken: null },
  });
const session = (expiration: string): string =>
  `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
  <AccessKeyId>ASIA1</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>
  <Expiration>${expiration}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;
const failureOf = async (status: number, body: string, at = endpoint) => {
  answer = { status, body };
  using client = clientOf(at);
  const error: unknown = await client
    .assumeRole({ ...request, externalId: null }, signal)
    .catch((thrown: unknown) => thrown);
  return describeStsFailure(error, createScrub(null));
};
const refused = (code: string): string =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>Words</Message></Error></ErrorResponse>`;

describe('the STS client', () => {
  it('asks for 15 minutes, with the policy, the name and the external ID', async () => {
    answer = { status: 200, body: session('2026-01-01T00:15:00Z') };
    using client = clientOf();
    const found = await client.assumeRole({ ...request, externalId: 'windlass-1' }, signal);
    expect(found.expiresAt).toEqual(new Date('2026-01-01T00:15:00Z'));
    expect(found.credentials).toMatchObject({ accessKeyId: 'ASIA1' });
    expect(found.credentials.sessionToken?.reveal()).toBe('t');
    expect(Object.fromEntries(new URLSearchParams(heard))).toMatchObject({
      Action: 'AssumeRole',
      DurationSeconds: '900',
      ExternalId: 'windlass-1',
      Policy: '{}',
      RoleArn: request.roleArn,
      RoleSessionName: request.sessionName,
    });
    expect(signed).toContain('/eu-west-1/sts/aws4_request');
  });

  it('sends a web identity unsigned, and no external ID where there is none', async () => {
    answer = {
      status: 200,
      body: session('2026-01-01T00:15:00Z').replaceAll('AssumeRole', 'AssumeRoleWithWebIdentity'),
    };
    using client = createStsClient({ guard, endpoint, region: 'eu-west-1', credentials: null });
    await client.assumeRoleWithWebIdentity({ ...request, token: new Secret('eyJ0.eyJ1.c2ln') }, signal);
    expect(new URLSearchParams(heard).get('WebIdentityToken')).toBe('eyJ0.eyJ1.c2ln');
    expect(heard).not.toContain('ExternalId');
    expect(signed).toBeUndefined();
  });

  it.each([
    ['AccessDenied', 403, 'denied', 'another external ID'],
    ['InvalidClientTokenId', 403, 'credentials', 'does not exist here'],
    ['SignatureDoesNotMatch', 403, 'credentials', 'secret'],
    ['InvalidIdentityToken', 400, 'denied', 'does not accept our OIDC token'],
    ['IDPCommunicationError', 400, 'credentials', 'could not fetch the public keys'],
    ['RegionDisabledException', 403, 'account', 'not activated'],
    ['NoSuchEntity', 404, 'credentials', 'no such role'],
    ['MethodNotAllowed', 405, 'unsupported', 'answers no STS calls'],
  ])('says what %s means', async (code, status, kind, words) => {
    const failure = await failureOf(status, refused(code));
    expect(failure).toMatchObject({ kind, httpStatus: status });
    expect(failure.cause).toContain(words);
  });

  it.each([
    ['a web page', 200, '<html>hello</html>'],
    ['nothing', 200, ''],
    ['an address that is not there', 404, ''],
  ])('takes %s for an endpoint without STS', async (_, status, body) => {
    expect(await failureOf(status, body)).toMatchObject({ kind: 'unsupported' });
  });

  it('keeps off addresses that only this machine can reach', async () => {
    const failure = await failureOf(200, '', endpoint.replace('127.0.0.1', '127.0.0.2'));
    expect(failure.kind).toBe('endpointRefused');
  });
});
