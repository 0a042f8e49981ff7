import {
  CreateBucketCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import * as contract from '@windlass/contract';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createApiClient, RefusedCall, signedIn, type ApiClient } from '../support/api-client.ts';
import { bucketKeys, owner, ownerEnvironment } from '../support/owner.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { send } from '../support/upload-scene.ts';

const MiB = 1024 * 1024;

let database: TestDatabase;
let server: ServerProcess;
let s3: S3Client;
let person: ApiClient;
let teamId: contract.TeamId;
let connectionId: contract.ConnectionId;

interface Holder {
  token: string;
  id: contract.UploadGrantId;
  api: ApiClient;
}
/** With limits, and one received file `there.jpg`. */
let holder: Holder;
let putOfThere: contract.SignedRequest;
/** Of the same connection and prefix. */
let other: Holder;

const openGrant = async (limits: object = {}): Promise<Holder> => {
  const { grant, token } = await person.call(contract.createUploadGrant, {
    params: { teamId },
    body: { connectionId, prefix: 'in/', limits },
  });
  return { token, id: grant.id, api: createApiClient(server.url, token) };
};
const ask = async (
  { api }: Holder,
  name: string,
  size = 5,
  type = 'image/jpeg',
): Promise<{ upload: contract.Upload | null; refusal: contract.Refusal | null }> => {
  const { results } = await api.call(contract.createUploads, { body: { files: [{ name, size, type }] } });
  const [result] = results;
  if (result === undefined) throw new Error('There is no answer');
  return result;
};
let count = 0;
/** An upload that is taken, of a name of its own. */
const begin = async (by: Holder, size = 5): Promise<contract.Upload> => {
  const { upload, refusal } = await ask(by, `begun-${(count += 1)}.jpg`, size);
  if (upload === null) throw new Error(JSON.stringify(refusal));
  return upload;
};
const putOf = ({ put }: contract.Upload): contract.SignedRequest => {
  if (put === null) throw new Error('There is no PUT');
  return put;
};
const signPart = async ({ api }: Holder, { id }: contract.Upload, number: number) => {
  const { requests } = await api.call(contract.signUploadParts, {
    params: { transferId: id },
    body: { sign: [number] },
  });
  const [request] = requests;
  if (request === undefined) throw new Error('There is no request');
  return request;
};
const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'ok',
    (error: unknown) => (error instanceof RefusedCall ? error.problem.code : String(error)),
  );
const bytes = (size: number) => new Uint8Array(size);

beforeAll(async () => {
  database = await createTestDatabase({ maxConnections: 1 });
  server = await startServer({
    env: {
      ...ownerEnvironment,
      DATABASE_URL: database.url,
      WINDLASS_BUCKET: 'embedded',
      WINDLASS_DEMO: 'false',
      WINDLASS_LOG_LEVEL: 'trace',
    },
  });
  s3 = new S3Client({
    endpoint: server.bucketUrl,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: bucketKeys,
  });
  await s3.send(new CreateBucketCommand({ Bucket: 'lab' }));
  person = await signedIn(server.url, owner.email, owner.password);
  const { memberships } = await person.call(contract.getMe, {});
  const [team] = memberships;
  if (team === undefined) throw new Error('The owner has no team');
  teamId = team.teamId;
  const connection = await person.call(contract.createConnection, {
    params: { teamId },
    body: {
      name: 'lab',
      provider: 'embedded',
      bucket: 'lab',
      endpoint: server.bucketUrl,
      addressing: 'path',
      prefix: 'team/',
      jobs: ['ingest'],
      credentials: bucketKeys,
    },
  });
  connectionId = connection.id;
  holder = await openGrant({ maxFileBytes: 40 * MiB, maxTotalBytes: 100 * MiB, types: ['image/*'] });
  other = await openGrant();
  const { upload } = await ask(holder, 'there.jpg');
  if (upload === null) throw new Error('There is no upload');
  putOfThere = putOf(upload);
  const { etag } = await send(putOfThere, bytes(5));
  await holder.api.call(contract.completeUploads, { body: { uploads: [{ id: upload.id, etag }] } });
});
afterAll(async () => {
  s3.destroy();
  await server[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

/** After every test: what is in the bucket is what was received, and nothing is half there once it was cancelled. */
afterEach(async () => {
  for (const { api } of [holder, other]) {
    const { items } = await api.call(contract.listUploads, { query: { state: 'open', limit: 200 } });
    for (const { id } of items) await api.call(contract.abortUpload, { params: { transferId: id } });
  }
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'lab' }));
  expect(Contents.map(({ Key, Size }) => [Key, Size])).toEqual([['team/in/there.jpg', 5]]);
  const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket: 'lab' }));
  expect(Uploads).toEqual([]);
});

describe('a ticket is refused for', () => {
  test.each([
    ['a path that climbs', '../secret.jpg', 5, 'image/jpeg', 'nameRefused', 'segment'],
    ['a path that climbs later', 'a/../../secret.jpg', 5, 'image/jpeg', 'nameRefused', 'segment'],
    ['an absolute path', '/etc/passwd', 5, 'image/jpeg', 'nameRefused', 'slash'],
    ['a path of Windows', '..\\..\\secret.jpg', 5, 'image/jpeg', 'nameRefused', 'backslash'],
    ['an override of direction', 'exe\u202Egpj.jpg', 5, 'image/jpeg', 'nameRefused', 'direction'],
    ['a new line', 'a\r\nx-amz-acl: public-read', 5, 'image/jpeg', 'nameRefused', 'control'],
    ['a key of 1,025 bytes', 'a'.repeat(1017), 5, 'image/jpeg', 'nameRefused', '1025 bytes'],
    ['too large a file', 'a.jpg', 40 * MiB + 1, 'image/jpeg', 'fileTooLarge', '41943040'],
    ['another type', 'a.html', 5, 'text/html', 'fileTypeRefused', 'image/*'],
    ['a name that is taken', 'there.jpg', 5, 'image/jpeg', 'objectExists', 'there.jpg'],
    [
      'a large file of a name that is taken',
      'there.jpg',
      20 * MiB,
      'image/jpeg',
      'objectExists',
      'there.jpg',
    ],
  ] as const)('%s', async (_what, name, size, type, code, reason) => {
    const { upload, refusal } = await ask(holder, name, size, type);
    expect(upload).toBeNull();
    expect(refusal).toMatchObject({ code, detail: expect.stringContaining(reason) });
  });

  test('more than all together may have, also by many calls at once', async () => {
    const results = await Promise.all(
      Array.from({ length: 6 }, (_, at) => ask(holder, `quota-${at}.jpg`, 30 * MiB)),
    );
    const codes = results.map(({ refusal }) => refusal?.code ?? 'ok').toSorted();
    expect(codes).toEqual(['ok', 'ok', 'ok', 'quotaExceeded', 'quotaExceeded', 'quotaExceeded']);
  });

  test('what is no text that can be stored: the whole call', async () => {
    expect(await codeOf(ask(holder, 'a\0.jpg'))).toBe('invalidRequest');
    expect(await codeOf(ask(holder, '\uD800.jpg'))).toBe('invalidRequest');
  });
});

describe('the bucket refuses', () => {
  test('bytes of another number, and another type, than the ticket has', async () => {
    const upload = await begin(holder);
    const put = putOf(upload);
    for (const size of [0, 4, 6, MiB]) expect((await send(put, bytes(size))).status).toBe(403);
    const asPage = { ...put, headers: { ...put.headers, 'content-type': 'text/html' } };
    expect((await send(asPage, bytes(5))).status).toBe(403);
    const { 'if-none-match': _, ...unconditional } = put.headers;
    expect((await send({ ...put, headers: unconditional }, bytes(5))).status).toBe(403);
  });

  test('to overwrite what is there, although the ticket was good', async () => {
    expect(await send(putOfThere, bytes(5))).toMatchObject({ status: 412, code: 'PreconditionFailed' });
    const put = putOf(await begin(holder));
    const moved = { ...put, url: put.url.replace(/begun-\d+\.jpg/, 'there.jpg') };
    expect((await send(moved, bytes(5))).status).toBe(403);
  });

  test('parts that are larger, smaller or of another number than planned', async () => {
    const upload = await begin(holder, 20 * MiB);
    const request = await signPart(holder, upload, 3);
    for (const size of [4 * MiB - 1, 4 * MiB + 1])
      expect((await send(request, bytes(size))).status).toBe(403);
    const another = { ...request, url: request.url.replace('partNumber=3', 'partNumber=2') };
    expect((await send(another, bytes(4 * MiB))).status).toBe(403);
    expect(await codeOf(signPart(holder, upload, 4))).toBe('invalidRequest');
    expect(await codeOf(signPart(holder, await begin(holder), 1))).toBe('invalidRequest');
  });
});

describe('another grant of the same connection and prefix', () => {
  test('neither sees nor moves an upload', async () => {
    const upload = await begin(holder, 20 * MiB);
    const params = { transferId: upload.id };
    for (const call of [
      () => other.api.call(contract.getUpload, { params }),
      () => other.api.call(contract.signUploadParts, { params, body: { sign: [1] } }),
      () => other.api.call(contract.abortUpload, { params }),
    ]) {
      expect(await codeOf(call())).toBe('notFound');
    }
    const { results } = await other.api.call(contract.completeUploads, {
      body: { uploads: [{ id: upload.id }] },
    });
    expect(results).toMatchObject([{ receipt: null, refusal: { code: 'notFound' } }]);
    expect(JSON.stringify(await other.api.call(contract.listUploads, { query: {} }))).not.toContain(
      upload.id,
    );
    expect(await holder.api.call(contract.getUpload, { params })).toMatchObject({ state: 'open' });
  });
});

describe('no upload at all without a grant that is good', () => {
  const files = { body: { files: [{ name: 'a.jpg', size: 5 }] } };

  test('not for strangers, sessions, API keys and made-up tokens', async () => {
    const { secret } = await person.call(contract.createApiKey, {
      params: { teamId },
      body: { name: 'key', scopes: ['transfers:write'] },
    });
    for (const api of [
      createApiClient(server.url),
      person,
      createApiClient(server.url, secret),
      createApiClient(server.url, `wu_${'A'.repeat(43)}`),
      createApiClient(server.url, 'wu_short'),
    ]) {
      expect(await codeOf(api.call(contract.createUploads, files))).toMatch(/^(grantInvalid|invalidApiKey)$/);
    }
  });

  test('and with one, nothing else: it is nobody to the rest of the API', async () => {
    expect(await codeOf(holder.api.call(contract.listTransfers, { params: { teamId }, query: {} }))).toBe(
      'notSignedIn',
    );
    expect(await codeOf(holder.api.call(contract.getMe, {}))).toBe('notSignedIn');
  });

  test('not once it was ended, and not for an upload whose time is over', async () => {
    const ended = await openGrant();
    const late = await openGrant();
    const upload = await begin(late, 20 * MiB);
    await person.call(contract.revokeUploadGrant, { params: { teamId, uploadGrantId: ended.id } });
    expect(await codeOf(ended.api.call(contract.createUploads, files))).toBe('grantInvalid');

    await sql`update transfers set expires_at = now() where id = ${upload.id}`.execute(database.db);
    expect(await codeOf(signPart(late, upload, 1))).toBe('uploadEnded');
    const { results } = await late.api.call(contract.completeUploads, {
      body: { uploads: [{ id: upload.id }] },
    });
    expect(results[0]?.refusal?.code).toBe('uploadEnded');
    await sql`update upload_grants set expires_at = now() where id = ${late.id}`.execute(database.db);
    expect(await codeOf(late.api.call(contract.getUpload, { params: { transferId: upload.id } }))).toBe(
      'grantInvalid',
    );
  });
});

test('pages of any origin may ask, without cookies, and read why they were refused; the rest of the API is ours alone', async () => {
  const origin = 'https://customer.example';
  const preflight = (path: string) =>
    fetch(server.url + path, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });
  const open = await preflight('/api/v1/uploads');
  expect(open.status).toBe(204);
  expect(open.headers.get('access-control-allow-origin')).toBe('*');
  expect(open.headers.get('access-control-allow-headers')).toContain('authorization');
  expect(Number(open.headers.get('access-control-max-age'))).toBeGreaterThan(600);
  expect(open.headers.get('access-control-allow-credentials')).toBeNull();
  const refused = await fetch(`${server.url}/api/v1/uploads`, {
    method: 'POST',
    headers: { origin },
    body: '{}',
  });
  expect(refused.status).toBeGreaterThanOrEqual(400);
  expect(refused.headers.get('access-control-allow-origin')).toBe('*');
  for (const path of ['/api/v1/me', '/api/v1/uploads-x', `/api/v1/teams/${teamId}/transfers`, '/healthz']) {
    expect((await preflight(path)).headers.get('access-control-allow-origin')).toBeNull();
  }
});

test('a token is in no answer but the one that made it, in no line of the log, and as a hash in the database', async () => {
  await ask(holder, 'there.jpg');
  const grants = await person.call(contract.listUploadGrants, { params: { teamId }, query: {} });
  expect(JSON.stringify(grants)).not.toContain('wu_');
  const { rows } = await sql`select * from upload_grants`.execute(database.db);
  for (const text of [JSON.stringify(rows), server.logs.stdout, server.logs.stderr]) {
    for (const { token } of [holder, other]) {
      expect(text).not.toContain(token.slice('wu_'.length));
    }
  }
});
