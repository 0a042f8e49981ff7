import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { downloadFile } from './download-file.ts';

const cleanup = new AsyncDisposableStack();
let folder: string;
let url: string;
let signed = 0;
let answered = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'windlass-download-'));
  cleanup.defer(() => rm(folder, { recursive: true }));
  const server = createServer((_, response) => {
    answered += 1;
    response.end('abc');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanup.defer(() => void server.close());
  // A TCP server's address is an AddressInfo.
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => cleanup.disposeAsync());

const fetchTo = (path: string): Promise<void> => {
  signed = 0;
  return downloadFile(
    { key: 'k', name: path, size: 3, lastModified: '2026-11-27T10:00:00Z' },
    join(folder, path),
    {
      onProgress: () => {},
      sign: async () => {
        signed += 1;
        return url;
      },
    },
  );
};

it('brings an object into folders that are made for it', async () => {
  await fetchTo('a/b/c.jpg');
  expect(await readFile(join(folder, 'a/b/c.jpg'), 'utf8')).toBe('abc');
});

it('fails at once, as one of many may, where a file stands in the place of a folder', async () => {
  await writeFile(join(folder, 'x'), '');
  await expect(fetchTo('x/y.jpg')).rejects.toMatchObject({
    name: 'DownloadFailure',
    message: expect.stringContaining('EEXIST'),
  });
  expect(signed).toBe(0);
});

it('fails after one try where a folder stands in the place of a file', async () => {
  await mkdir(join(folder, 'taken/inside'), { recursive: true });
  await expect(fetchTo('taken')).rejects.toMatchObject({ name: 'DownloadFailure' });
  expect(signed).toBe(1);
  // With the place made free, what has come already is not fetched again.
  await rm(join(folder, 'taken'), { recursive: true });
  answered = 0;
  await fetchTo('taken');
  expect(await readFile(join(folder, 'taken'), 'utf8')).toBe('abc');
  expect(answered).toBe(0);
});
