import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { createConnection, type Connection, type ConnectionId } from '@windlass/contract';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import yauzl from 'yauzl';
import { codeOf } from '../../../../../tests/support/source-scene.ts';
import { createMovingClock, type MovingClock } from '../../../../../tests/support/moving-clock.ts';
import { createTeamScene, type TeamScene } from '../../../../../tests/support/team-scene.ts';
import { silentLog } from '../../kernel/log.ts';
import { createDatabaseRateLimiter, deleteExpired } from '../../platform/db/index.ts';
import { createHttpServer } from '../../platform/http/index.ts';
import type { Bucket } from '../../platform/s3/index.ts';
import { createTeamAccess } from '../teams/index.ts';
import { createDownloadsService, registerDownloadRoutes, type DownloadsService } from './index.ts';

const MiB = 1024 * 1024;
const signal = AbortSignal.timeout(110_000);
const putOnlyPolicy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::photos/team/*' }],
});

let scene: TeamScene;
let clock: MovingClock;
let app: FastifyInstance;
let origin: string;
let downloads: DownloadsService;
let connection: Connection;
let putOnly: Connection;
let bucket: Bucket;
const bytesOf = new Map<string, string>();

beforeAll(async () => {
  scene = await createTeamScene();
  clock = createMovingClock();
  const { db, teamId, actors, connections } = scene;
  downloads = createDownloadsService({
    db,
    access: createTeamAccess({ db }),
    openBucket: connections.openBucket,
    clock,
    log: silentLog,
    publicUrl: () => origin,
  });
  app = await createHttpServer({
    log: pino({ level: 'silent' }),
    bindHost: '127.0.0.1',
    publicUrl: 'http://127.0.0.1',
    imagesUrl: 'http://127.0.0.1:1',
    trustProxy: false,
  });
  registerDownloadRoutes(app, { downloads, createRateLimiter: createDatabaseRateLimiter(db) });
  await app.listen({ host: '127.0.0.1', port: 0 });
  // A TCP server's address is an AddressInfo.
  origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;

  const connect = (name: string, credentials: object): Promise<Connection> =>
    connections.create(
      actors.owner,
      teamId,
      createConnection.body.parse({
        name,
        provider: 'embedded',
        bucket: 'photos',
        endpoint: scene.bucket.url,
        addressing: 'path',
        prefix: 'team/',
        jobs: ['ingest'],
        credentials,
      }),
    );
  connection = await connect('photos', scene.credentials);
  await scene.bucket.iam.createUser({ name: 'put-only' });
  await scene.bucket.iam.putPolicy({ user: 'put-only' }, 'put', putOnlyPolicy);
  putOnly = await connect('put-only', await scene.bucket.iam.createAccessKey('put-only'));

  bucket = await connections.openBucket(teamId, connection.id);
  for (const key of ['o/1/a.jpg', 'o/2/a.jpg', 'o/2/Grüße 写真.jpg', 'o/2/leer.txt']) {
    const text = key.endsWith('.txt') ? '' : `bytes of ${key}`;
    bytesOf.set(key, text);
    await bucket.putObject(key, Buffer.from(text), { signal, contentType: 'image/jpeg' });
  }
});
afterAll(async () => {
  // fetch keeps its connections, and so would the server for a minute.
  app.server.closeAllConnections();
  await app.close();
  await scene[Symbol.asyncDispose]();
});

const at = (connectionId: ConnectionId = connection.id) => ({ teamId: scene.teamId, connectionId });
const zipOf = (keys: string[], more: { stripPrefix?: string; name?: string } = {}) =>
  downloads.createZip(
    scene.actors.member,
    at(),
    { keys, stripPrefix: '', name: 'files.zip', ...more },
    signal,
  );
const linkTo = (entries: { key: string; name: string }[]) =>
  downloads.createZipLink(scene.db, { ...at(), entries, name: 'files.zip' });

/** Name and text of everything in a zip; yauzl compares sizes, and with it CRCs. */
const unzip = async (bytes: Buffer): Promise<[string, string][]> => {
  const zip = await yauzl.fromBufferPromise(bytes);
  const found: [string, string][] = [];
  for await (const entry of zip.eachEntry()) {
    expect(entry.compressionMethod).toBe(0);
    const parts: Buffer[] = [];
    for await (const part of await zip.openReadStreamPromise(entry)) parts.push(part);
    found.push([entry.fileName, Buffer.concat(parts).toString()]);
  }
  return found;
};
const fetchZip = async (url: string) => {
  const answer = await fetch(url, { signal });
  return { answer, files: await unzip(Buffer.from(await answer.arrayBuffer())) };
};

test('objects are listed page by page, below the prefix of the connection', async () => {
  const query = { limit: 3, prefix: 'o/' };
  const first = await downloads.listObjects(scene.actors.member, at(), query, signal);
  expect(first.items).toMatchObject([
    { key: 'o/1/a.jpg', size: 18 },
    { key: 'o/2/Grüße 写真.jpg' },
    { key: 'o/2/a.jpg' },
  ]);
  const cursor = first.nextCursor ?? '';
  const second = await downloads.listObjects(scene.actors.member, at(), { ...query, cursor }, signal);
  expect(second).toMatchObject({ items: [{ key: 'o/2/leer.txt', size: 0 }], nextCursor: null });
  const strange = downloads.listObjects(scene.actors.member, at(), { ...query, cursor: 'x!' }, signal);
  expect(await codeOf(strange)).toBe('invalidRequest');
});

test('a signed GET gives the bytes from the bucket itself, to be saved under the own name', async () => {
  const wanted = {
    keys: ['o/2/Grüße 写真.jpg', 'o/1/a.jpg'],
    disposition: 'attachment' as const,
    expiresInSeconds: 900,
  };
  const { items } = await downloads.sign(scene.actors.member, at(), wanted, signal);
  expect(items.map(({ key }) => key)).toEqual(wanted.keys);
  const answer = await fetch(items[0]?.url ?? '');
  expect(answer.url.startsWith(scene.bucket.url)).toBe(true);
  expect(await answer.text()).toBe(bytesOf.get('o/2/Grüße 写真.jpg'));
  expect(answer.headers.get('content-disposition')).toContain(
    `filename*=UTF-8''${encodeURIComponent('Grüße 写真.jpg')}`,
  );
});

test('only what cannot run is shown: pictures as pictures, whatever their uploader called them', async () => {
  await bucket.putObject('shown/a.JPG', Buffer.from('<script>'), { signal, contentType: 'text/html' });
  await bucket.putObject('shown/a.svg', Buffer.from('<svg/>'), { signal, contentType: 'image/svg+xml' });
  const keys = ['shown/a.JPG', 'shown/a.svg'];
  const wanted = { keys, disposition: 'inline' as const, expiresInSeconds: 900 };
  const { items } = await downloads.sign(scene.actors.member, at(), wanted, signal);
  const [picture, drawing] = await Promise.all(items.map(async ({ url }) => (await fetch(url)).headers));
  expect(picture?.get('content-type')).toBe('image/jpeg');
  expect(picture?.get('content-disposition')).toMatch(/^inline/);
  expect(drawing?.get('content-disposition')).toMatch(/^attachment/);
});

test('objects come as one zip, with names of their own and any letters', async () => {
  const keys = [...bytesOf.keys()];
  const link = await zipOf(keys, { stripPrefix: 'o/2/', name: 'Müller 26-00042.zip' });
  expect(link).toMatchObject({ files: 4, url: expect.stringMatching(/\/zips\/[\w-]{43}$/) });
  const { answer, files } = await fetchZip(link.url);
  expect(files).toEqual(keys.map((key) => [key.replace('o/2/', ''), bytesOf.get(key)]));
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'application/zip',
    'content-disposition': expect.stringContaining("filename*=UTF-8''M%C3%BCller%2026-00042.zip"),
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
  });
  const same = await linkTo(['o/1/a.jpg', 'o/2/a.jpg'].map((key) => ({ key, name: 'a.jpg' })));
  expect((await fetchZip(same.url)).files).toEqual([
    ['a.jpg', bytesOf.get('o/1/a.jpg')],
    ['a (2).jpg', bytesOf.get('o/2/a.jpg')],
  ]);
});

test('a thousand files are all there', async () => {
  const entries = Array.from({ length: 1000 }, (_, index) => ({ key: 'o/1/a.jpg', name: `${index}.jpg` }));
  const { files } = await fetchZip((await linkTo(entries)).url);
  expect(files.map(([name]) => name)).toEqual(entries.map(({ name }) => name));
});

test('an object that is gone in the middle breaks the connection off', async () => {
  const link = await linkTo(['o/1/a.jpg', 'o/gone.jpg', 'o/2/a.jpg'].map((key) => ({ key, name: key })));
  const answer = await fetch(link.url, { signal });
  expect(answer.status).toBe(200);
  await expect(answer.arrayBuffer()).rejects.toThrow('terminated');
});

describe('is refused with its reason', () => {
  test('a connection that may not read', async () => {
    const keys = ['o/1/a.jpg'];
    const wanted = { keys, disposition: 'attachment' as const, expiresInSeconds: 900 };
    const refusal = { code: 'originFailed', status: 424, message: expect.stringContaining('s3:GetObject') };
    const { actors } = scene;
    await expect(downloads.sign(actors.member, at(putOnly.id), wanted, signal)).rejects.toMatchObject(
      refusal,
    );
    const zip = downloads.createZip(
      actors.member,
      at(putOnly.id),
      { keys, stripPrefix: '', name: 'x.zip' },
      signal,
    );
    await expect(zip).rejects.toMatchObject(refusal);
    await expect(
      downloads.requireReadable(scene.teamId, putOnly.id, 'o/1/a.jpg', signal),
    ).rejects.toMatchObject(refusal);
    const query = { limit: 10, prefix: '' };
    expect(await codeOf(downloads.listObjects(actors.member, at(putOnly.id), query, signal))).toBe(
      'originFailed',
    );
    // Made by a feature that did not ask before: whoever opens it reads why, and gets no zip.
    const link = await downloads.createZipLink(scene.db, {
      ...at(putOnly.id),
      entries: [{ key: 'o/1/a.jpg', name: 'a.jpg' }],
      name: 'x.zip',
    });
    const answer = await fetch(link.url);
    expect(answer.status).toBe(424);
    expect(await answer.json()).toMatchObject({ detail: expect.stringContaining('s3:GetObject') });
  });

  test('an object that is not there', async () => {
    expect(await codeOf(zipOf(['o/none.jpg']))).toBe('notFound');
    expect(await codeOf(zipOf(['../../other/x.jpg']))).toBe('notFound');
  });

  test('another team', async () => {
    const { stranger } = scene.actors;
    const body = { keys: ['o/1/a.jpg'], stripPrefix: '', name: 'x.zip' };
    expect(await codeOf(downloads.createZip(stranger, at(), body, signal))).toBe('notFound');
    const foreign = { ...at(), teamId: scene.otherTeamId };
    expect(await codeOf(downloads.createZip(stranger, foreign, body, signal))).toBe('notFound');
    await expect(
      downloads.createZipLink(scene.db, { ...foreign, entries: [], name: 'x.zip' }),
    ).rejects.toThrow('zip_links_connection_fkey');
  });

  test('a link that is over or invented; housekeeping deletes it', async () => {
    const link = await zipOf(['o/1/a.jpg']);
    expect((await fetch(`${origin}/zips/invented`)).status).toBe(403);
    clock.forward({ minutes: 61 });
    const late = await fetch(link.url);
    expect([late.status, (await late.json()).code]).toEqual([403, 'linkInvalid']);
    expect((await deleteExpired(scene.db, clock.now()))['zipLinks']).toBeGreaterThan(0);
  });

  test('one zip more than an address may have at once, until a reader leaves', async () => {
    await bucket.putObject('large.bin', new Uint8Array(8 * MiB), { signal });
    const link = await linkTo([{ key: 'large.bin', name: 'large.bin' }]);
    const leave = new AbortController();
    const readers = await Promise.all(
      Array.from({ length: 6 }, () => fetch(link.url, { signal: leave.signal })),
    );
    expect(readers.map(({ status }) => status)).toEqual(readers.map(() => 200));
    const refused = await fetch(link.url);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '10']);
    leave.abort();
    // Fewer tries than the limit of an address.
    await delay(300);
    const again = await fetch(link.url);
    expect(again.status).toBe(200);
    expect((await again.arrayBuffer()).byteLength).toBeGreaterThan(8 * MiB);
  });
});

test('a zip of 300 MB takes a few megabytes of memory', async () => {
  const entries = Array.from({ length: 38 }, (_, index) => ({ key: 'large.bin', name: `${index}.bin` }));
  const { zip } = await downloads.openZip(
    new URL((await linkTo(entries)).url).pathname.slice('/zips/'.length),
    '192.0.2.1',
  );
  const before = process.memoryUsage.rss();
  let most = before;
  let bytes = 0;
  zip.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    most = Math.max(most, process.memoryUsage.rss());
  });
  await once(zip, 'end');
  expect(bytes).toBeGreaterThan(300_000_000);
  // The bucket that sends them is in this process too.
  expect(most - before).toBeLessThan(100 * MiB);
});
