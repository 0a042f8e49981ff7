import { setTimeout as delay } from 'node:timers/promises';
import { createUploadApi, createUploader } from '@windlass/transfer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createChunkPool } from '../../packages/cli/src/transfer/chunk-pool.ts';
import { createLocalSources } from '../../packages/cli/src/transfer/file-range.ts';
import { createNodeSender } from '../../packages/cli/src/transfer/node-sender.ts';
import { soakRounds } from '../support/soak-rounds.ts';
import { startCuttableLine, type CuttableLine } from '../support/survival/cuttable-line.ts';
import { expectStored, makeFilesToSend, type FilesToSend } from '../support/survival/files-to-send.ts';
import { startSurvivalScene, type SurvivalScene } from '../support/survival/survival-scene.ts';
import { startUploadingBrowser } from '../support/survival/uploading-browser.ts';
import { waitUntil } from '../support/survival/wait-until.ts';
import { lacks } from '../support/test-skip.ts';

const MiB = 1024 ** 2;
/** Uploads, each of which goes through every cut. */
const rounds = soakRounds(1);
/** Times that a browser is offline within one upload. */
const timesOffline = soakRounds(2);
/** What is silent for so long is given up; after the last byte of a body four times as long. */
const stallSeconds = 1;
const stack = new AsyncDisposableStack();
let scene: SurvivalScene;
let sent: FilesToSend;
let toBucket: CuttableLine;
let toWindlass: CuttableLine;

beforeAll(async () => {
  sent = stack.use(await makeFilesToSend(48, 60));
  scene = stack.use(
    await startSurvivalScene({
      lineToBucket: async (endpoint) => {
        toBucket = stack.use(await startCuttableLine(endpoint, { bytesPerSecond: 24 * MiB }));
        return toBucket.url;
      },
    }),
  );
  toWindlass = stack.use(await startCuttableLine(scene.url));
});
afterAll(() => stack.disposeAsync());

/** Long enough for bytes to be missed, shorter than a call is waited for. */
const shortHoleMilliseconds = 700;
const hole = async (line: CuttableLine, milliseconds: number, forget: boolean): Promise<void> => {
  line.swallow();
  await delay(milliseconds);
  line.heal({ forget });
};

/** What befalls one upload, one after another. */
const cuts: readonly (() => Promise<void>)[] = [
  async () => toBucket.reset(),
  async () => toWindlass.reset(),
  () => hole(toWindlass, shortHoleMilliseconds, false),
  () => hole(toBucket, shortHoleMilliseconds, false),
  // Connections that are silent for ever: only who looks at the clock finds out.
  () => hole(toBucket, shortHoleMilliseconds, true),
];

const uploadByEngine = async (prefix: string): Promise<void> => {
  const { token } = await scene.grantFor(prefix);
  const chunks = createChunkPool();
  const send = createNodeSender(chunks);
  const uploader = createUploader({
    api: createUploadApi({ origin: toWindlass.url, token }),
    send,
    stallSeconds,
  });
  uploader.add(sent.files.map(createLocalSources(chunks)));
  const { items } = await uploader.done();
  send.close();
  expect(items.flatMap(({ error }) => (error === null ? [] : [error]))).toEqual([]);
};

/** What is under way is lost with each cut: at most eight requests, with what stands in the buffers of sockets. */
const bytesAtRisk = 8 * (8 * MiB + 4 * MiB);

test(
  `uploads whose lines are cut ${rounds * cuts.length} times end byte for byte`,
  { timeout: 1_800_000 },
  async () => {
    for (let round = 0; round < rounds; round += 1) {
      const before = toBucket.bytesSent();
      const running = uploadByEngine(`cut-${round}/`);
      running.catch(() => undefined);
      for (const [index, cut] of cuts.entries()) {
        const at = (sent.bytes * (index + 0.2 + 0.6 * Math.random())) / cuts.length;
        await waitUntil('the next cut', () => toBucket.bytesSent() - before >= at);
        await cut();
      }
      await running;
      await expectStored(scene, `cut-${round}/`, sent.files);
      expect(toBucket.bytesSent() - before - sent.bytes).toBeLessThan(cuts.length * bytesAtRisk);
    }
    await scene.goJanitorRounds();
    expect(await scene.openUploads()).toEqual([]);
  },
);

describe.skipIf(lacks('chromium'))('a page whose browser goes offline', () => {
  test(`waits, and goes on when it is back, ${timesOffline} times`, { timeout: 1_800_000 }, async () => {
    await using browser = await startUploadingBrowser();
    const { token } = await scene.grantFor('offline/');
    const before = toBucket.bytesSent();
    const page = await browser.open(sent.files.map(({ path }) => path));
    await page.start(scene.url, token, stallSeconds);
    for (let round = 0; round < timesOffline; round += 1) {
      const at = (sent.bytes * (round + Math.random())) / (timesOffline + 1);
      await waitUntil('the middle of the upload', () => toBucket.bytesSent() - before >= at);
      await browser.context.setOffline(true);
      await delay(shortHoleMilliseconds);
      await browser.context.setOffline(false);
    }
    expect((await page.end()).filter(({ state }) => state !== 'done')).toEqual([]);
    const files = sent.files.map((file) => ({ ...file, name: file.name.replace(/^.*\//, '') }));
    await expectStored(scene, 'offline/', files);
  });
});
