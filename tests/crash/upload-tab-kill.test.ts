import { listUploads, type Upload } from '@windlass/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApiClient } from '../support/api-client.ts';
import { soakRounds } from '../support/soak-rounds.ts';
import { expectStored, makeFilesToSend, type FilesToSend } from '../support/survival/files-to-send.ts';
import { startSurvivalScene, type SurvivalScene } from '../support/survival/survival-scene.ts';
import {
  startUploadingBrowser,
  type UploadingBrowser,
  type UploadingPage,
} from '../support/survival/uploading-browser.ts';
import { waitUntil } from '../support/survival/wait-until.ts';
import { lacks } from '../support/test-skip.ts';

const MiB = 1024 ** 2;
const rounds = soakRounds(2);
/** A tab may have eight requests under way, and a second's worth of parts that it has not reported. */
const partsAtRisk = 9;

describe.skipIf(lacks('chromium'))('a tab that dies in the middle of an upload', () => {
  const stack = new AsyncDisposableStack();
  let scene: SurvivalScene;
  let browser: UploadingBrowser;
  let sent: FilesToSend;

  beforeAll(async () => {
    sent = stack.use(await makeFilesToSend(64, 20));
    scene = stack.use(await startSurvivalScene({ bytesPerSecond: 40 * MiB }));
    browser = stack.use(await startUploadingBrowser());
  });
  afterAll(() => stack.disposeAsync());

  /** The film's upload, as the ledger has it. */
  const filmOf = async (token: string): Promise<Upload | undefined> => {
    const { items } = await createApiClient(scene.url, token).call(listUploads, { query: { limit: 100 } });
    return items.find(({ kind }) => kind === 'multipart');
  };

  const deaths = {
    'a crash of its own': async ({ page }: UploadingPage) => {
      const session = await page.context().newCDPSession(page);
      // There is nobody left to answer.
      session.send('Page.crash').catch(() => undefined);
    },
    'a SIGKILL': () => browser.killRenderers(),
  };

  const dieAndGoOn = async (prefix: string, die: (page: UploadingPage) => Promise<void>): Promise<void> => {
    const { token } = await scene.grantFor(prefix);
    const paths = sent.files.map(({ path }) => path);
    const before = scene.proxy.bytesPut();
    const first = await browser.open(paths);
    await first.start(scene.url, token);
    const reported = 1 + Math.floor(3 * Math.random());
    await waitUntil(
      'parts are reported',
      async () => ((await filmOf(token))?.partsDone.length ?? 0) >= reported,
      { everyMilliseconds: 50 },
    );
    const crashed = first.page.waitForEvent('crash');
    await die(first);
    await crashed;
    await first.page.close();

    const film = await filmOf(token);
    const putsBefore = scene.proxy.puts.length;
    const second = await browser.open(paths);
    await second.start(scene.url, token);
    const ended = await second.end();
    await second.page.close();

    expect(ended.filter(({ state }) => state !== 'done')).toEqual([]);
    // Names come without folders: an input gives none.
    await expectStored(
      scene,
      prefix,
      sent.files.map((file) => ({ ...file, name: file.name.replace(/^.*\//, '') })),
    );
    expect(ended.find(({ name }) => name === 'film.bin')?.transferId).toBe(film?.id);
    const known = new Set(film?.partsDone);
    const again = scene.proxy.puts.slice(putsBefore).filter(({ part }) => part !== null && known.has(part));
    expect(again).toEqual([]);
    const sentAgain = scene.proxy.bytesPut() - before - sent.bytes;
    expect(sentAgain).toBeLessThanOrEqual(partsAtRisk * (film?.partSize ?? 0));
  };

  test(
    `${rounds} of them go on where the ledger has them when the files are chosen again`,
    { timeout: 1_800_000 },
    async () => {
      const kinds = Object.entries(deaths);
      for (let round = 0; round < rounds; round += 1) {
        const [, die] = kinds[round % kinds.length] ?? ['', deaths['a SIGKILL']];
        await dieAndGoOn(`tab-${round}/`, die);
      }
      await scene.goJanitorRounds();
      expect(await scene.openUploads()).toEqual([]);
    },
  );
});
