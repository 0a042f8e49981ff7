import { appendFile, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uploadGrantId } from '@windlass/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { journalPath, openJournal } from './upload-journal.ts';

const fail = (error: Error): never => {
  throw error;
};

let folder: string;
let count = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'windlass-journal-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
const newPath = (): string => join(folder, `state/${(count += 1)}.jsonl`);
const grant = {
  token: 'wu_x',
  grantId: uploadGrantId.parse('ugr_01kazq8v3kf2wvpn2d8m6b3c9t'),
  expiresAt: '2026-12-01T00:00:00.000Z',
};
const file = { name: 'a/ä.jpg', size: 3, lastModified: 5 };

describe('what is remembered of an upload', () => {
  it('survives the process: grant, uploads under way, files that are done', async () => {
    const path = newPath();
    const first = await openJournal(path, fail);
    expect(first.grant).toBeNull();
    await first.keepGrant(grant);
    await first.keep('f1', 'trf_1');
    await first.keep('f2', 'trf_2');
    await first.keep('f2', 'trf_3');
    await first.keepDone(file, 'in/a/ä.jpg');

    const again = await openJournal(path, fail);
    expect(again.grant).toMatchObject(grant);
    expect(await again.find('f1')).toBe('trf_1');
    expect(await again.find('f2')).toBe('trf_3');
    expect(again.doneBefore(file)).toBe('in/a/ä.jpg');
    expect(again.doneBefore({ ...file, lastModified: 6 })).toBeNull();
  });

  it('keeps an upload until its file is known to be done: a crash may come in between', async () => {
    const path = newPath();
    const first = await openJournal(path, fail);
    await first.keepGrant(grant);
    await first.keep('f1', 'trf_1');
    await first.forget('f1');
    expect(await first.find('f1')).toBeNull();
    expect(await (await openJournal(path, fail)).find('f1')).toBe('trf_1');
  });

  it('does without a line that a crash has cut off', async () => {
    const path = newPath();
    const first = await openJournal(path, fail);
    await first.keepGrant(grant);
    await first.keep('f1', 'trf_1');
    await appendFile(path, '{"kind":"upload","fingerprint":"f9","trans');
    const again = await openJournal(path, fail);
    expect(await again.find('f1')).toBe('trf_1');
    expect(await again.find('f9')).toBeNull();
    await again.keep('f10', 'trf_10');
    expect(await (await openJournal(path, fail)).find('f10')).toBe('trf_10');
  });

  it('belongs to one grant', async () => {
    const path = newPath();
    const first = await openJournal(path, fail);
    await first.keepGrant(grant);
    await first.keep('f1', 'trf_1');
    await first.keepGrant({ ...grant, token: 'wu_y' });
    expect(await first.find('f1')).toBeNull();
    expect(await (await openJournal(path, fail)).find('f1')).toBeNull();
  });

  it('is read by nobody else, and gone when everything is there', async () => {
    const path = newPath();
    const first = await openJournal(path, fail);
    await first.keepGrant(grant);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await first.end();
    await expect(stat(path)).rejects.toThrow('ENOENT');
  });

  it('is another for each destination', () => {
    const environment = { XDG_STATE_HOME: '/state' };
    const path = journalPath(environment, ['http://a', 'lab', 'in/']);
    expect(path).toMatch(/^\/state\/windlass\/uploads\/[\w-]{32}\.jsonl$/);
    expect(journalPath(environment, ['http://a', 'lab', 'in/x/'])).not.toBe(path);
  });
});

it('that cannot be used is told of once, and keeps nobody from going on', async () => {
  const told: string[] = [];
  const blocked = join(import.meta.filename, 'x.jsonl');
  const journal = await openJournal(blocked, ({ message }) => void told.push(message));
  await journal.keepDone({ name: 'a', size: 1, lastModified: 1 }, 'a');
  await journal.keep('f1', 'trf_1');
  expect(await journal.find('f1')).toBe('trf_1');
  await journal.end();
  expect(told).toEqual([expect.stringContaining('ENOTDIR')]);
});
