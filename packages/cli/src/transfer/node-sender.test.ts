import { createServer, type AddressInfo } from 'node:net';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createChunkPool } from './chunk-pool.ts';
import { FileRange, type FileRangeReader } from './file-range.ts';
import { createNodeSender } from './node-sender.ts';

const cleanup = new AsyncDisposableStack();
let path: string;
let url: string;
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'windlass-sender-'));
  cleanup.defer(() => rm(folder, { recursive: true }));
  path = join(folder, 'a.bin');
  await writeFile(path, new Uint8Array(8 * 1024 * 1024));
  const server = createServer((socket) => {
    socket.pause().on('error', () => {});
    cleanup.defer(() => void socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanup.defer(() => void server.close());
  // A TCP server's address is an AddressInfo.
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/photos/a.bin`;
});
afterAll(() => cleanup.disposeAsync());

test('requests that are given up close their files, also those that never had a connection', async () => {
  let opened = 0;
  let closed = 0;
  class CountedRange extends FileRange {
    override async open(): Promise<FileRangeReader> {
      const reader = await super.open();
      opened += 1;
      return {
        read: (into, from) => reader.read(into, from),
        [Symbol.dispose]: () => {
          reader[Symbol.dispose]();
          closed += 1;
        },
      };
    }
  }
  const { size, mtimeMs } = await stat(path);
  const file = { path, size, lastModified: Math.floor(mtimeMs) };
  const send = createNodeSender(createChunkPool());
  cleanup.defer(() => send.close());
  const stop = new AbortController();
  const request = { method: 'PUT' as const, url, headers: {}, expiresAt: '2030-01-01T00:00:00Z' };
  // More than the agent has connections for: some are in its queue. One of them has no bytes.
  const begun = new Set<number>();
  const sends = [...Array<number>(39).fill(size), 0].map((end, index) =>
    send(request, new CountedRange(file, 0, end), {
      signal: stop.signal,
      crc64nvme: false,
      onProgress: () => begun.add(index),
    }),
  );
  const settled = Promise.allSettled(sends);
  await expect.poll(() => [opened, begun.size]).toEqual([40, 39]);
  stop.abort(new Error('enough'));
  for (const { status, ...rest } of await settled)
    expect({ status, ...rest }).toMatchObject({ status: 'rejected', reason: { message: 'enough' } });
  await expect.poll(() => closed).toBe(40);
});
