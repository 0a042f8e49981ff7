import { once } from 'node:events';
import { text as readText } from 'node:stream/consumers';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CreateAccessKeyCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { owner, ownerEnvironment } from '../support/owner.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { plantedInPages, plantInOrders, useOrderTokens } from './planted-in-orders.ts';

// Secrets that are easy to recognise, with characters that escape differently everywhere.
const good = 'PLANTEDgood/one+two=three~0123456789abcdef';
const wrong = 'PLANTEDwrong/one+two=three~0123456789abcde';
const token = 'PLANTEDtoken/one+two=three~0123456789abcdefPLANTEDtokenEnd==';
const ours = 'PLANTEDours/one+two=three~0123456789abcdef';
const keyId = 'WINDLASSPLANTED00001';
const roleArn = 'arn:aws:iam::000000000000:role/planted';
/** All there are; the provider makes more while the test runs. */
const planted = [good, wrong, token, ours, ...Object.values(plantedInPages)];

/** The ways in which a secret could show up, base64 at each of its three alignments. */
const formsOf = (secret: string): string[] => {
  const bytes = Buffer.from(secret);
  const shifted = [0, 1, 2].map((by) => {
    const text = Buffer.concat([Buffer.alloc(by), bytes]).toString('base64');
    // The first and last group hold foreign bits.
    return text.slice(by === 0 ? 0 : 4, -4);
  });
  return [
    secret,
    encodeURIComponent(secret),
    encodeURIComponent(secret).toLowerCase(),
    JSON.stringify(secret).slice(1, -1),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    ...shifted,
    ...shifted.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
  ];
};
/** A private key as jose and PEM write it, or a token of our own issuer. */
const ofTheIssuer = /PRIVATE KEY|"(?:d|p|q|dp|dq|qi)" *:|\beyJ[\w-]{20,}\.eyJ/;
const leaksIn = (text: string, secrets: readonly string[] = planted): string[] => [
  ...secrets.filter((secret) => formsOf(secret).some((form) => text.includes(form))),
  ...(ofTheIssuer.exec(text) ?? []),
];

let database: TestDatabase;
let server: ServerProcess;
/** Bodies that reached the servers below: the test is of no worth unless the secrets went out. */
const heard: string[] = [];
/** An S3 server and STS of bad manners: it repeats what it was sent, and what it should not know. */
const createEcho = (known: readonly string[]) =>
  createServer((request, response) => void repeat(known, request, response));
const repeat = async (
  known: readonly string[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const sent = await readText(request);
  heard.push(sent);
  const words = [sent, JSON.stringify(request.headers), ...known.flatMap(formsOf)].join(' ');
  const text = words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  response.writeHead(403, { 'x-amz-request-id': known[0] ?? 'req', 'content-type': 'application/xml' });
  response.end(
    `<Error><Code>SignatureDoesNotMatch</Code><Message>${text}</Message><StringToSign>${text}</StringToSign></Error>`,
  );
};
const echo = createEcho([wrong, token]);
/** The same for what is signed by this server itself, whose secret nobody else can know. */
const mirror = createEcho([]);
// A TCP server's address is an AddressInfo.
const urlOf = (listener: Server): string => `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;

beforeAll(async () => {
  database = await createTestDatabase({ maxConnections: 1 });
  for (const listener of [echo, mirror]) {
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
  }
  server = await startServer({
    env: {
      ...ownerEnvironment,
      DATABASE_URL: database.url,
      WINDLASS_BUCKET: 'embedded',
      WINDLASS_DEMO: 'false',
      WINDLASS_BUCKET_ACCESS_KEY_ID: keyId,
      WINDLASS_BUCKET_SECRET_ACCESS_KEY: good,
      WINDLASS_AWS_ACCESS_KEY_ID: 'WINDLASSOWN000000001',
      WINDLASS_AWS_SECRET_ACCESS_KEY: ours,
      WINDLASS_ALLOW_ENDPOINTS: '127.0.0.0/8,localhost',
      WINDLASS_HCAPTCHA_VERIFY_URL: `${urlOf(echo)}/siteverify`,
      WINDLASS_LOG_LEVEL: 'trace',
    },
  });
  await makeBucket();
});
/** A second key of the same user, for rotation; its secret is planted too. */
const makeSecondKey = async (): Promise<{ accessKeyId: string; secretAccessKey: string }> => {
  const client = new IAMClient({
    endpoint: server.bucketUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: keyId, secretAccessKey: good },
  });
  try {
    const { AccessKey: key } = await client.send(new CreateAccessKeyCommand({ UserName: 'windlass' }));
    const { AccessKeyId: accessKeyId = '', SecretAccessKey: secretAccessKey = '' } = key ?? {};
    planted.push(secretAccessKey);
    return { accessKeyId, secretAccessKey };
  } finally {
    client.destroy();
  }
};
/** What the good secret opens, so that the check has something to be green about. */
const makeBucket = async (): Promise<void> => {
  const client = new S3Client({
    endpoint: server.bucketUrl,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: keyId, secretAccessKey: good },
  });
  try {
    await client.send(new CreateBucketCommand({ Bucket: 'photos' }));
  } finally {
    client.destroy();
  }
};

afterAll(async () => {
  for (const listener of [echo, mirror]) {
    listener.close();
    listener.closeAllConnections();
  }
  await server?.[Symbol.asyncDispose]();
  await database?.[Symbol.asyncDispose]();
});

/** Every table of every schema, each row as text. */
const dumpDatabase = async (): Promise<string> => {
  const tables = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')`.execute(database.db);
  const dumps: string[] = [];
  for (const { name } of tables.rows) {
    const rows = await sql<{ row: string }>`select t::text as row from ${sql.raw(name)} t`.execute(
      database.db,
    );
    dumps.push(`${name}: ${rows.rows.map(({ row }) => row).join('\n')}`);
  }
  return dumps.join('\n');
};

test('a planted secret occurs in no answer, no log line and no table, whatever happens to it', async () => {
  const answers: string[] = [];
  let cookie = '';
  let etag = '';
  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const answer = await fetch(new URL(path, server.url), {
      method,
      headers: {
        origin: new URL(server.url).origin,
        cookie,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    for (const line of answer.headers.getSetCookie()) cookie = line.split(';')[0] ?? cookie;
    etag = answer.headers.get('etag') ?? '';
    const text = await answer.text();
    answers.push(`${method} ${path} ${answer.status} ${JSON.stringify([...answer.headers])} ${text}`);
    // Each caller knows what it asked for.
    return { status: answer.status, body: (text === '' ? null : JSON.parse(text)) as Record<string, string> };
  };

  await call('POST', '/api/v1/sessions', owner);
  const { body: me } = await call('GET', '/api/v1/me');
  const memberships = me['memberships'] as unknown as { teamId: string }[];
  const team = `/api/v1/teams/${memberships[0]?.teamId}`;
  const credentials = { accessKeyId: keyId, secretAccessKey: good };
  const settings = {
    provider: 'other',
    bucket: 'photos',
    endpoint: server.bucketUrl,
    addressing: 'path',
    jobs: ['process'],
  };
  const create = (name: string, changes: object = {}) =>
    call(
      'POST',
      `${team}/connections`,
      { ...settings, name, credentials, ...changes },
      { 'idempotency-key': name },
    );

  // Made, made again with the same key, refused in four ways.
  const { status, body: made } = await create('right');
  expect(status).toBe(201);
  await create('right');
  expect(
    (await call('POST', `${team}/connections`, { ...settings, name: 'right', credentials })).status,
  ).toBe(409);
  expect((await create('inside', { endpoint: 'http://10.0.0.1' })).status).toBe(422);
  expect((await create('bad', { bucket: '!', credentials: { ...credentials, extra: wrong } })).status).toBe(
    400,
  );
  expect(
    (await create('long', { credentials: { ...credentials, secretAccessKey: wrong.repeat(20) } })).status,
  ).toBe(400);
  expect(
    (await call('POST', `${team}/connections`, `{"credentials":{"secretAccessKey":"${wrong}"`)).status,
  ).toBe(400);
  const one = `${team}/connections/${made['id']}`;

  // Checked: right, and at an echoing server.
  expect((await call('POST', `${one}/check`)).body['state']).toBe('active');
  const { body: echoed } = await create('echo', {
    endpoint: urlOf(echo),
    credentials: { accessKeyId: keyId, secretAccessKey: wrong, sessionToken: token },
  });
  const { body: report } = await call('POST', `${team}/connections/${echoed['id']}/check`);
  expect(JSON.stringify(report)).toContain('[removed]');
  const { body: source } = await call('POST', `${team}/sources`, {
    name: 'leaky',
    connectionId: echoed['id'],
    secured: false,
  });
  const sourceId = (source['source'] as unknown as { id: string }).id;
  expect((await call('GET', `${team}/sources/${sourceId}/objects`)).status).toBe(424);
  answers.push(await (await fetch(`${server.imagesUrl}/leaky/a.jpg`)).text());

  // Administrator keys: planned with, refused by the echo, too long, and used for an undo that only looks.
  const provisioning = (at: string, path: string, secretAccessKey: string) =>
    call('POST', `${at}/provisioning/${path}`, { admin: { ...credentials, secretAccessKey } });
  const echoing = `${team}/connections/${echoed['id']}`;
  expect((await provisioning(one, 'plans', good)).status).toBe(200);
  expect((await provisioning(echoing, 'plans', wrong)).status).toBe(422);
  expect((await provisioning(one, 'plans', wrong.repeat(20))).status).toBe(400);
  expect((await provisioning(one, 'undo', good)).status).toBe(200);

  // Overwritten: refused, forced, with a token, and back; then edited, listed and deleted.
  const replace = (given: object) => call('PUT', `${one}/credentials`, { accessKeyId: keyId, ...given });
  expect((await replace({ secretAccessKey: wrong })).status).toBe(422);
  expect((await replace({ secretAccessKey: wrong, sessionToken: token })).status).toBe(422);
  expect((await replace({ secretAccessKey: wrong, sessionToken: token, force: true })).status).toBe(200);
  await call('POST', `${one}/check`);
  expect((await replace({ secretAccessKey: good, force: true })).status).toBe(200);
  await call('GET', one);
  expect((await call('PATCH', one, { prefix: 'a/' }, { 'if-match': etag })).status).toBe(200);
  await call('GET', `${team}/connections`);

  // A webhook's secrets are in the two answers that make them and in no other; its receiver echoes what it gets.
  const { body: madeHook } = await call(
    'POST',
    `${team}/webhooks`,
    { url: `${urlOf(echo)}/hook` },
    { 'idempotency-key': 'hook' },
  );
  const hook = `${team}/webhooks/${(madeHook['webhook'] as unknown as { id: string }).id}`;
  const { body: rotated } = await call('POST', `${hook}/secret`, {}, { 'idempotency-key': 'rotated' });
  const signing = [madeHook, rotated].map(({ secret = '' }) => secret.slice('whsec_'.length));
  const withSigning = answers.filter((answer) => leaksIn(answer, signing).length > 0);
  const madeBefore = answers.length;
  expect((await call('POST', `${hook}/test`)).status).toBe(201);
  await call('GET', hook);
  await call('GET', `${team}/webhooks`);
  const log = async () => JSON.stringify((await call('GET', `${hook}/deliveries`)).body);
  await expect.poll(log, { timeout: 20_000 }).toContain('"responseStatus":403');

  // Both pairs of a source's signing keys, in the answers that make them and in no other, while URLs of both are served.
  const { body: madeSource } = await call(
    'POST',
    `${team}/sources`,
    { name: 'signed', connectionId: made['id'], secured: true },
    { 'idempotency-key': 'signed' },
  );
  const signed = `${team}/sources/${(madeSource['source'] as unknown as { id: string }).id}`;
  const { body: second } = await call('POST', `${signed}/signing-keys`, {}, { 'idempotency-key': 'second' });
  const pairs = [madeSource['signingKeys'] as unknown as Record<string, string>, second];
  const imageKeys = pairs.flatMap(({ secureKey = '', secureSalt = '' }) => [secureKey, secureSalt]);
  expect(new Set(imageKeys).size).toBe(4);
  // A pair that was brought along is answered to nobody, whoever sent it.
  const brought = { secureKey: 'YnJvdWdodC1rZXktMTIzNDU', secureSalt: 'YnJvdWdodC1zYWx0LTEyMzQ' };
  const taken = await call('POST', `${signed}/signing-keys`, brought, { 'idempotency-key': 'brought' });
  expect(taken).toMatchObject({ status: 201, body: { secureKey: null, secureSalt: null } });
  planted.push(...Object.values(brought));
  const withImageKeys = answers.filter((answer) => leaksIn(answer, imageKeys).length > 0);
  const keysBefore = answers.length;
  for (const path of ['', '/purges', '/usage']) {
    expect((await call('GET', `${signed}${path}`)).status).toBe(200);
  }
  expect((await call('POST', `${signed}/image-url`, { path: 'a.jpg' })).status).toBe(200);
  expect((await call('POST', `${signed}/purges`, { scope: 'all' })).status).toBe(201);
  answers.push(await (await fetch(`${server.imagesUrl}/signed/a.jpg`)).text());

  // Roles: by a key of theirs, by our own, and by a token; at the bucket, and at servers that repeat what they get.
  const byKey = {
    kind: 'role',
    roleArn,
    base: { accessKeyId: keyId, secretAccessKey: wrong, sessionToken: token },
  };
  const byUs = { kind: 'role', roleArn };
  const byToken = { kind: 'webIdentity', roleArn };
  for (const [name, endpoint, given] of [
    ['key-here', server.bucketUrl, byKey],
    ['us-here', server.bucketUrl, byUs],
    ['token-here', server.bucketUrl, byToken],
    ['key-echo', urlOf(echo), byKey],
    ['us-mirror', urlOf(mirror), byUs],
    ['token-mirror', urlOf(mirror), byToken],
  ] as const) {
    const { body: role } = await create(name, { endpoint, credentials: given });
    const at = `${team}/connections/${role['id']}`;
    expect((await call('POST', `${at}/check`)).body['state']).toBe('inaccessible');
    expect((await call('PUT', `${at}/credentials`, given)).status).toBe(422);
    expect((await call('GET', `${at}/setup`)).status).toBe(200);
  }
  expect(heard.join('\n')).toMatch(/WebIdentityToken=eyJ[\w-]+\.eyJ/);
  for (const path of ['openid-configuration', 'jwks.json']) {
    expect((await call('GET', `/.well-known/${path}`)).status).toBe(200);
  }

  // Order pages and an order: its tokens are in the answer that makes them and in no other.
  const { body: ingest } = await create('orders', { jobs: ['ingest'] });
  const tokens = await plantInOrders(call, team, ingest['id']);
  const tokensFrom = answers.length;
  await useOrderTokens(call, tokens);

  // Rotated: a second key that is wrong, then one that is right; the dump below finds both keys stored.
  const secondKey = await makeSecondKey();
  expect((await call('POST', `${one}/rotation`, { ...secondKey, secretAccessKey: wrong })).status).toBe(422);
  expect((await call('POST', `${one}/rotation`, secondKey)).status).toBe(200);
  expect((await call('POST', `${one}/rotation/promote`)).status).toBe(200);
  expect((await call('POST', `${one}/rotation/retire`, {})).status).toBe(409);
  const whileStored = await dumpDatabase();
  expect(whileStored).toMatch(/identity_keys: \(.*v1\.\w+\./);
  expect((await call('DELETE', `${team}/connections/${echoed['id']}?cascade=true`)).status).toBe(204);
  expect((await call('DELETE', `${one}?cascade=true`)).status).toBe(204);

  expect(answers.length).toBeGreaterThan(20);
  for (const answer of answers) expect(leaksIn(answer)).toEqual([]);
  expect(withSigning).toHaveLength(2);
  for (const answer of answers.slice(madeBefore)) expect(leaksIn(answer, signing)).toEqual([]);
  expect(leaksIn(whileStored, signing)).toEqual([]);
  expect(withImageKeys).toHaveLength(2);
  for (const answer of answers.slice(keysBefore)) expect(leaksIn(answer, imageKeys)).toEqual([]);
  expect(leaksIn(whileStored, imageKeys)).toEqual([]);
  for (const answer of answers.slice(tokensFrom)) expect(leaksIn(answer, tokens.shownOnce)).toEqual([]);
  const orderTokens = [...tokens.shownOnce, tokens.statusToken];
  expect(leaksIn(whileStored, orderTokens)).toEqual([]);
  // The dump was taken while there was something to leak.
  expect(whileStored).toMatch(/\bv1\.[\w-]+\./);
  expect(leaksIn(whileStored)).toEqual([]);
  expect(leaksIn(await dumpDatabase())).toEqual([]);

  expect(await server.stop()).toBe(0);
  const { stdout, stderr } = server.logs;
  expect(stdout + stderr).toContain('Connection made');
  expect(leaksIn(stdout + stderr)).toEqual([]);
  expect(leaksIn(stdout + stderr, [...signing, ...imageKeys, ...orderTokens])).toEqual([]);
});

test('the search would find a secret that leaks', () => {
  for (const secret of planted) {
    for (const form of formsOf(secret)) expect(leaksIn(`before ${form} after`)).toEqual([secret]);
    expect(leaksIn(Buffer.from(`x${secret}y`).toString('base64'))).toEqual([secret]);
  }
  for (const text of [
    '-----BEGIN PRIVATE KEY-----',
    '{"kty":"RSA","d":"x"}',
    `eyJ${'a'.repeat(30)}.eyJpc3Mi.c2ln`,
  ]) {
    expect(leaksIn(text)).toHaveLength(1);
  }
  expect(leaksIn('nothing')).toEqual([]);
});
