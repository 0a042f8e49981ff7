import { createHash } from 'node:crypto';
import { appendFile, mkdtemp, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createUploader, SourceChanged, type Upload, type UploadApi } from '@windlass/transfer';
import { createChunkPool } from './chunk-pool.ts';
import type { LocalFile } from './collect-files.ts';
import { createLocalSources, FileRange } from './file-range.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'windlass-range-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const uploadOf = (file: Pick<Upload, 'name' | 'size' | 'type'>): Upload => {
  const expiresAt = new Date(Date.now() + 600_000).toISOString();
  return {
    ...file,
    id: 'trf_1',
    key: file.name,
    kind: 'single',
    state: 'open',
    partSize: file.size,
    partCount: 1,
    partsDone: [],
    wantsChecksum: false,
    put: { method: 'PUT', url: 'http://bucket/a', headers: {}, expiresAt },
    expiresAt,
    receipt: null,
  };
};

const never = (): Promise<never> => Promise.reject(new Error('Nothing is asked for this.'));

const fileOf = async (name: string, text: string): Promise<LocalFile> => {
  const path = join(folder, name);
  await writeFile(path, text);
  const { size, mtimeMs } = await stat(path);
  return { path, name, size, lastModified: Math.floor(mtimeMs) };
};

test('a range has the bytes of the file as it was collected', async () => {
  const range = new FileRange(await fileOf('same', 'abcdef'), 2, 5);
  expect(Buffer.from(await range.arrayBuffer()).toString()).toBe('cde');
});

test('a file that was written anew with as many bytes is not read for the one that was collected', async () => {
  const file = await fileOf('rewritten', 'abcdef');
  await writeFile(file.path, 'ABCDEF');
  await utimes(file.path, new Date(), new Date(file.lastModified + 5000));
  await expect(new FileRange(file, 2, 5).arrayBuffer()).rejects.toThrow(SourceChanged);
  await expect(new FileRange(file, 0, 0).arrayBuffer()).rejects.toThrow(SourceChanged);
});

test('a change while a range is read is noticed with its last byte', async () => {
  const file = await fileOf('growing', 'abcdef');
  using reader = await new FileRange(file, 0, 6).open();
  await reader.read(new Uint8Array(3), 0);
  await appendFile(file.path, 'g');
  await expect(reader.read(new Uint8Array(3), 3)).rejects.toThrow(SourceChanged);
});

test('the first bytes are as many as were asked for, however few a read gives', async () => {
  const file = await fileOf('short reads', 'abcdefgh');
  const pool = { ...createChunkPool(), take: () => new Uint8Array(3) };
  const reading = await createLocalSources(pool)(file).readThrough?.(7);
  expect(Buffer.from(reading?.head ?? []).toString()).toBe('abcdefg');
  expect(reading?.sha256).toEqual(createHash('sha256').update('abcdefgh').digest());
});

test.each(['abc', ''])(
  'an upload of %j fails where the file changes before it is sent, and says why',
  async (text) => {
    const file = await fileOf('overtaken', text);
    const api: UploadApi = {
      create: async (files) => {
        await appendFile(file.path, 'd');
        return files.map(({ name, size, type }) => ({
          upload: uploadOf({ name, size, type }),
          refusal: null,
        }));
      },
      get: never,
      parts: never,
      complete: never,
      abort: never,
    };
    const uploader = createUploader<FileRange>({
      api,
      send: async (_, body) => {
        await body.arrayBuffer();
        return { status: 200, etag: null, retryAfterMs: null, bodyText: '' };
      },
    });
    uploader.add([file].map(createLocalSources(createChunkPool())));
    const { items } = await uploader.done();
    uploader.close();
    expect(items[0]?.error).toMatchObject({
      code: 'unreadable',
      detail: 'The file has changed since it was chosen.',
    });
  },
);
