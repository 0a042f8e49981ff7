import { openAsBlob } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signUploadParts, createUploads } from '@windlass/contract';
import {
  createFetchSender,
  createUploadApi,
  createUploader,
  sourceOfFile,
  type UploadReceipt,
} from '@windlass/transfer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createApiClient } from '../support/api-client.ts';
import { soakRounds } from '../support/soak-rounds.ts';
import { expectStored, makeFilesToSend, type FilesToSend } from '../support/survival/files-to-send.ts';
import type { SeenPut } from '../support/survival/counting-proxy.ts';
import {
  connectionName,
  keyPrefix,
  startSurvivalScene,
  type SurvivalScene,
} from '../support/survival/survival-scene.ts';
import { waitUntil } from '../support/survival/wait-until.ts';
import { startWindlassCommand } from '../support/windlass-command.ts';

const MiB = 1024 ** 2;
const rounds = soakRounds(2);
const stack = new AsyncDisposableStack();
let scene: SurvivalScene;
let sent: FilesToSend;
let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'windlass-home-'));
  stack.defer(() => rm(home, { recursive: true, force: true }));
  sent = stack.use(await makeFilesToSend(56, 120));
  scene = stack.use(await startSurvivalScene({ deleteMilliseconds: 150 }));
});
afterAll(() => stack.disposeAsync());

/** What `windlass upload --json` says of each file. */
const told = z.object({
  failed: z.int(),
  files: z.array(z.object({ key: z.string(), etag: z.string(), state: z.string() })),
});

const uploadByCommand = async (prefix: string) => {
  const args = ['upload', sent.folder, '--to', `${connectionName}/${prefix}`, '--url', scene.url, '--json'];
  const environment = { HOME: home, WINDLASS_API_KEY: scene.apiKey };
  const { code, out, err } = await startWindlassCommand(args, environment).ended;
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return told.parse(JSON.parse(out)).files;
};

const uploadByEngine = async (prefix: string): Promise<UploadReceipt[]> => {
  const { token } = await scene.grantFor(prefix);
  const uploader = createUploader({
    api: createUploadApi({ origin: scene.url, token }),
    send: createFetchSender(),
  });
  for (const { path, name } of sent.files)
    uploader.add([sourceOfFile(new File([await openAsBlob(path)], name, { lastModified: 1 }), name)]);
  const { items } = await uploader.done();
  expect(items.flatMap(({ error }) => (error === null ? [] : [error]))).toEqual([]);
  return items.flatMap(({ receipt }) => (receipt === null ? [] : [receipt]));
};

/** Objects and parts that the bucket took more than once. */
const takenTwice = (puts: readonly SeenPut[]): string[] => {
  const places = puts.filter(({ status }) => status === 200).map(({ key, part }) => `${key} ${part ?? ''}`);
  return places.filter((place, index) => places.indexOf(place) !== index);
};

test(
  `${rounds} SIGKILLs of the server in the middle of uploads: all end byte for byte, and no byte is sent twice`,
  { timeout: 1_800_000 },
  async () => {
    for (let round = 0; round < rounds; round += 1) {
      const before = scene.proxy.bytesPut();
      const running = Promise.all([uploadByCommand(`command-${round}/`), uploadByEngine(`engine-${round}/`)]);
      running.catch(() => undefined);
      const killAt = before + 2 * sent.bytes * (0.05 + 0.85 * Math.random());
      const begun = (name: string): boolean =>
        scene.proxy.puts.some(({ key }) => key.startsWith(`${keyPrefix}${name}-${round}/`));
      await waitUntil(
        'the middle of both uploads',
        () => scene.proxy.bytesPut() >= killAt && begun('command') && begun('engine'),
      );
      await scene.killServer();
      const [byCommand, byEngine] = await running;

      await expectStored(scene, `command-${round}/`, sent.files);
      await expectStored(scene, `engine-${round}/`, sent.files);
      const ledger = await scene.received();
      for (const { transferId, key, etag } of byEngine)
        expect(ledger.get(transferId)?.receipt).toMatchObject({ key, etag });
      const byKey = new Map([...ledger.values()].map(({ key, receipt }) => [key, receipt]));
      expect(byCommand).toHaveLength(sent.files.length);
      for (const { key, etag } of byCommand) expect(byKey.get(key)).toMatchObject({ key, etag });
      // The clients live, so what the bucket has taken they know.
      expect(scene.proxy.bytesPut() - before).toBe(2 * sent.bytes);
    }
    expect(takenTwice(scene.proxy.puts)).toEqual([]);
    expect(scene.proxy.puts.length).toBeGreaterThan(rounds * 2 * sent.files.length);
    await scene.goJanitorRounds();
    expect(await scene.openUploads()).toEqual([]);
  },
);

/** Somebody who begins uploads, and is never seen again. */
const vanish = async (prefix: string, count: number) => {
  const { token, grantId } = await scene.grantFor(prefix);
  const client = createApiClient(scene.url, token);
  const files = Array.from({ length: count }, (_, index) => ({
    name: `film ${index}.bin`,
    size: 20 * MiB,
  }));
  const { results } = await client.call(createUploads, { body: { files } });
  for (const { upload } of results) {
    if (upload === null) throw new Error('There is no upload.');
    const { requests } = await client.call(signUploadParts, {
      params: { transferId: upload.id },
      body: { sign: [3] },
    });
    for (const { url, headers } of requests)
      await fetch(url, { method: 'PUT', headers, body: Buffer.alloc(20 * MiB - 2 * upload.partSize) });
  }
  return grantId;
};

test('a janitor that is killed on its round leaves nothing, once another has gone', async () => {
  const grantId = await vanish('vanished/', 12);
  expect(await scene.openUploads()).toHaveLength(12);
  const before = scene.proxy.deletes();
  await scene.revoke(grantId);
  await waitUntil('the janitor is on its round', () => scene.proxy.deletes() >= before + 2);
  await scene.killServer();
  expect((await scene.openUploads()).length).toBeGreaterThan(0);
  await scene.goJanitorRounds();
  expect(await scene.openUploads()).toEqual([]);
});

test('uploads of a client that vanishes are ended when their time is over', async () => {
  await vanish('forsaken/', 3);
  expect(await scene.openUploads()).toHaveLength(3);
  expect(await scene.goJanitorRounds()).toBe(3);
  expect(await scene.openUploads()).toEqual([]);
  expect(
    [...(await scene.received()).values()].filter(({ key }) => key.startsWith(`${keyPrefix}forsaken/`)),
  ).toEqual([]);
});
