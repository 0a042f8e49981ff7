import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { makeFilesToSend, type FilesToSend } from '../support/survival/files-to-send.ts';
import {
  connectionName,
  keyPrefix,
  startSurvivalScene,
  type SurvivalScene,
} from '../support/survival/survival-scene.ts';
import { waitUntil } from '../support/survival/wait-until.ts';
import { startWindlassCommand } from '../support/windlass-command.ts';

const MiB = 1024 ** 2;
const stack = new AsyncDisposableStack();
let scene: SurvivalScene;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'windlass-command-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  scene = stack.use(await startSurvivalScene({ bytesPerSecond: 40 * MiB }));
});
afterAll(() => stack.disposeAsync());

const start = (args: readonly string[], environment: Record<string, string> = {}) =>
  startWindlassCommand(args, {
    HOME: folder,
    WINDLASS_API_KEY: scene.apiKey,
    WINDLASS_URL: scene.url,
    ...environment,
  });
const windlass = (...args: string[]) => start(args).ended;

const at = (path: string): string => `${connectionName}/${path}`;
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const journals = async (): Promise<string[]> =>
  readdir(join(folder, '.local/state/windlass/uploads')).catch(() => []);

const uploadReport = z.object({
  uploaded: z.int(),
  alreadyThere: z.int(),
  failed: z.int(),
  bytes: z.int(),
  files: z.array(
    z.object({
      name: z.string(),
      state: z.enum(['uploaded', 'alreadyThere', 'failed']),
      key: z.string().nullable(),
      error: z.object({ code: z.string(), detail: z.string(), next: z.string() }).nullable(),
    }),
  ),
});
const downloadReport = z.object({
  downloaded: z.int(),
  failed: z.int(),
  bytes: z.int(),
  files: z.array(z.object({ key: z.string(), file: z.string().nullable(), error: z.string().nullable() })),
});

const uploadJson = async (...args: string[]) => {
  const { code, out } = await windlass('upload', ...args, '--json');
  return { code, ...uploadReport.parse(JSON.parse(out)) };
};
const downloadJson = async (...args: string[]) => {
  const { code, out } = await windlass('download', ...args, '--json');
  return { code, ...downloadReport.parse(JSON.parse(out)) };
};

describe('windlass upload and download', () => {
  let sent: FilesToSend;
  /** As it lies on a disk that decomposes letters: the key is composed (Unicode NFC). */
  const decomposed = 'Käse/leer.txt'.normalize('NFD');
  beforeAll(async () => {
    sent = stack.use(await makeFilesToSend(20, 300));
    await mkdir(join(sent.folder, 'Käse'.normalize('NFD')));
    await writeFile(join(sent.folder, decomposed), '');
  });

  test('bring a folder there and back: many files, a large one, an empty one, names of any script', async () => {
    const up = await uploadJson(sent.folder, '--to', at('trip'));
    expect(up).toMatchObject({ code: 0, uploaded: 302, alreadyThere: 0, failed: 0, bytes: sent.bytes });
    expect(up.files.map(({ key }) => key)).toContain(`${keyPrefix}trip/${decomposed.normalize('NFC')}`);
    expect(await journals()).toEqual([]);

    const back = join(folder, 'back');
    const down = await downloadJson(at('trip/'), '-o', back);
    expect(down).toMatchObject({ code: 0, downloaded: 302, failed: 0, bytes: sent.bytes });
    for (const { name, sha256: expected } of sent.files)
      expect(sha256(await readFile(join(back, name)))).toBe(expected);
    expect(await readFile(join(back, decomposed.normalize('NFC')), 'utf8')).toBe('');

    const { code, out, err } = await windlass('download', at('trip/film.bin'), '-o', back);
    expect({ code, out }).toEqual({ code: 1, out: expect.stringContaining('0 of 1 file') });
    expect(err).toContain('--force');
    const forced = await downloadJson(at('trip/film.bin'), '-o', back, '--force');
    expect(forced).toMatchObject({ code: 0, downloaded: 1, bytes: 20 * MiB });
  });

  test('overwrite nothing, and take what is there for done where they are told to', async () => {
    const [film] = sent.files;
    const path = film?.path ?? '';
    const again = await windlass('upload', path, '--to', at('trip'));
    expect(again.code).toBe(1);
    expect(again.out).toContain('0 of 1 file');
    expect(again.err).toMatch(/error: .*film\.bin: .*film\.bin.*\nGive --skip-existing/);
    const skipping = await uploadJson(path, '--to', at('trip'), '--skip-existing');
    expect(skipping).toMatchObject({ code: 0, uploaded: 0, alreadyThere: 1, failed: 0 });
  });

  test('go on after a SIGKILL, with the parts and files that are not there yet', async () => {
    // Six parts set out together: there has to be a second round of them, so that the first is seen while it runs.
    const film = 80;
    await using large = await makeFilesToSend(film, 30);
    const before = scene.proxy.bytesPut();
    const args = [large.folder, '--to', at('killed')];
    const first = start(['upload', ...args]);
    const parts = async () =>
      scene.db
        .selectFrom('transferParts')
        .innerJoin('transfers', 'transfers.id', 'transferParts.transferId')
        .select('number')
        .where('transfers.key', '=', 'killed/film.bin')
        .execute();
    await waitUntil('parts are reported', async () => (await parts()).length >= 2, { everyMilliseconds: 50 });
    first.child.kill('SIGKILL');
    expect((await first.ended).code).toBeNull();
    expect(await journals()).toHaveLength(1);
    const known = new Set((await parts()).map(({ number }) => number));

    const putsBefore = scene.proxy.puts.length;
    const second = await uploadJson(...args);
    expect(second).toMatchObject({ code: 0, failed: 0 });
    expect(second.uploaded + second.alreadyThere).toBe(31);
    const again = scene.proxy.puts.slice(putsBefore).filter(({ part }) => part !== null && known.has(part));
    expect(again).toEqual([]);
    expect(scene.proxy.bytesPut() - before).toBeLessThan(large.bytes + 8 * 8 * MiB);
    for (const { name, sha256: expected } of large.files)
      expect(await scene.stored(`${keyPrefix}killed/${name}`)).toBe(expected);
    expect(await journals()).toEqual([]);

    // And back, killed as well.
    const output = join(folder, 'killed');
    const down = ['download', at('killed/film.bin'), '-o', output];
    const gotBefore = scene.proxy.bytesGot();
    const download = start(down);
    await waitUntil('the middle of the download', () => scene.proxy.bytesGot() - gotBefore > 20 * MiB);
    download.child.kill('SIGKILL');
    await download.ended;
    expect(existsSync(join(output, 'film.bin'))).toBe(false);
    expect((await readdir(output)).map((name) => name.replace(/[\da-f]{16}/, '*'))).toEqual([
      '.windlass-*.part',
    ]);
    const gotAt = scene.proxy.bytesGot();
    expect((await start(down).ended).code).toBe(0);
    expect(scene.proxy.bytesGot() - gotAt).toBeLessThan((film - 20 + 8) * MiB);
    expect(sha256(await readFile(join(output, 'film.bin')))).toBe(large.files[0]?.sha256);
    expect(await readdir(output)).toEqual(['film.bin']);
  });

  test('send the others where one is refused, and begin anew where the grant was revoked meanwhile', async () => {
    const mixed = join(folder, 'mixed');
    await mkdir(mixed);
    await writeFile(join(mixed, 'good.txt'), 'good');
    await writeFile(join(mixed, 'left\\right.txt'), 'bad');
    const first = await uploadJson(mixed, '--to', at('mixed'));
    expect(first).toMatchObject({ code: 1, uploaded: 1, failed: 1 });
    expect(first.files.find(({ state }) => state === 'failed')?.error).toMatchObject({ code: 'nameRefused' });

    await rm(join(mixed, 'left\\right.txt'));
    await writeFile(join(mixed, 'better.txt'), 'better');
    await scene.db.updateTable('uploadGrants').set({ endedAt: new Date() }).execute();
    const second = await uploadJson(mixed, '--to', at('mixed'));
    expect(second).toMatchObject({ code: 0, uploaded: 1, alreadyThere: 1, failed: 0 });
  });

  test('take an upload grant in the place of a key, and say so once where it is good no more', async () => {
    const given = await scene.grantFor('handed/');
    const holder = { WINDLASS_API_KEY: '', WINDLASS_UPLOAD_TOKEN: given.token };
    const folderToSend = join(folder, 'handed');
    await mkdir(folderToSend);
    for (const name of ['a.txt', 'b.txt']) await writeFile(join(folderToSend, name), name);
    const mistyped = await start(['upload', folderToSend], { ...holder, WINDLASS_UPLOAD_TOKEN: 'wu_wrong' })
      .ended;
    expect(mistyped).toMatchObject({
      code: 2,
      err: expect.stringContaining('WINDLASS_UPLOAD_TOKEN is no token'),
    });
    const sends = await start(['upload', folderToSend, '--json'], holder).ended;
    expect(uploadReport.parse(JSON.parse(sends.out))).toMatchObject({ uploaded: 2, failed: 0 });
    expect(await journals()).toEqual([]);
    const again = await start(['upload', folderToSend, '--json'], holder).ended;
    expect(uploadReport.parse(JSON.parse(again.out))).toMatchObject({
      uploaded: 0,
      alreadyThere: 2,
      bytes: 0,
      files: [{ key: `${keyPrefix}handed/handed/a.txt` }, { key: `${keyPrefix}handed/handed/b.txt` }],
    });
    const told = await start(['upload', folderToSend], holder).ended;
    expect(told.out).toBe('2 of 2 files were there already\n');
    await scene.revoke(given.grantId);
    const refused = await start(['upload', folderToSend], holder).ended;
    expect(refused.code).toBe(1);
    expect(refused.err.match(/^error: .*grant/gim)).toHaveLength(1);
  });

  test('refuse a key that leads out of the folder, and bring the others', async () => {
    await scene.put(`${keyPrefix}traps/../../up.txt`, 'up');
    await scene.put(`${keyPrefix}traps/fine.txt`, 'fine');
    const output = join(folder, 'deep/traps');
    const report = await downloadJson(at('traps/'), '-o', output);
    expect(report).toMatchObject({ code: 1, downloaded: 1, failed: 1 });
    expect(report.files.find(({ error }) => error !== null)).toMatchObject({ file: null });
    expect(await readdir(output)).toEqual(['fine.txt']);
    expect(existsSync(join(folder, 'up.txt'))).toBe(false);
  });
});

describe('windlass upload, used wrongly or kept from it', () => {
  const file = join(import.meta.dirname, 'transfer-command.test.ts');
  const cases: readonly [string, () => ReturnType<typeof windlass>, number, RegExp][] = [
    ['without a destination', () => windlass('upload', file), 2, /--to/],
    ['of nothing', () => windlass('upload', join(folder, 'nowhere'), '--to', at('')), 2, /is not there/],
    [
      'without a key',
      () => start(['upload', file, '--to', at('')], { WINDLASS_API_KEY: '' }).ended,
      2,
      /set WINDLASS_API_KEY to an API key with the scopes .*transfers:write/,
    ],
    [
      'with a key that has a line break in it',
      () => start(['upload', file, '--to', at('')], { WINDLASS_API_KEY: `wk_${'x'.repeat(50)}\n` }).ended,
      2,
      /^error: WINDLASS_API_KEY .*line break/,
    ],
    [
      'with a wrong key',
      () => start(['upload', file, '--to', at('')], { WINDLASS_API_KEY: `wl_${'x'.repeat(43)}` }).ended,
      1,
      /^error: .*(key|sign)/i,
    ],
    [
      'to a connection that is not',
      () => windlass('upload', file, '--to', 'nowhere/x'),
      1,
      /There is no connection nowhere/,
    ],
    [
      'to a server that is not',
      () => windlass('upload', file, '--to', at(''), '--url', 'http://127.0.0.1:9'),
      1,
      /http:\/\/127\.0\.0\.1:9 does not answer .*Check --url/,
    ],
    ['of what is not, downloading', () => windlass('download', at('nothing/')), 1, /There is nothing at/],
  ];
  test.each(cases)('%s says so', async (_, run, code, message) => {
    const ended = await run();
    expect(ended.err).toMatch(message);
    expect({ code: ended.code, out: ended.out }).toEqual({ code, out: '' });
  });
});
