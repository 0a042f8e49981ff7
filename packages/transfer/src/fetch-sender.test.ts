import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { encodeBase64 } from './base64.ts';
import { createCrc64Nvme } from './crc64-nvme.ts';
import { createFetchSender } from './fetch-sender.ts';
import { sendWatched } from './send-watched.ts';

const MiB = 1024 ** 2;
const { signal } = new AbortController();
const putTo = (port: number) => ({
  method: 'PUT' as const,
  url: `http://127.0.0.1:${port}/photos/a.bin`,
  headers: { 'content-type': 'image/jpeg' },
  expiresAt: new Date(Date.now() + 60_000).toISOString(),
});

test('a line on which nothing moves is given up after seconds, whatever is still to be sent', async () => {
  const server = createTcpServer((socket) => socket.once('data', () => socket.pause()).on('error', () => {}));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const told: number[] = [];
  const watch = { stallMs: 300, crc64nvme: false, signal, onProgress: (bytes: number) => told.push(bytes) };
  const body = new Blob([new Uint8Array(32 * MiB)]);
  expect(await sendWatched(createFetchSender(), putTo(port), body, watch)).toEqual({ kind: 'stalled' });
  expect(told.at(-1)).toBeLessThan(32 * MiB);
  server.close();
}, 5000);

test('a body goes out with its length and is read once, also for its checksum', async () => {
  let heard: { headers: IncomingMessage['headers']; bytes: number } | null = null;
  const server = createServer((request, response) => {
    let bytes = 0;
    request.on('data', (chunk: Buffer) => (bytes += chunk.length));
    request.on('end', () => {
      heard = { headers: request.headers, bytes };
      response.setHeader('etag', '"of-it"').end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const bytes = new Uint8Array(3 * MiB + 5).fill(7);
  const blob = new Blob([bytes]);
  let readings = 0;
  const body = {
    size: blob.size,
    stream: () => {
      readings += 1;
      return blob.stream();
    },
    arrayBuffer: () => Promise.reject(new Error('Nobody has to hold it whole.')),
  };
  const told: number[] = [];
  const options = { crc64nvme: true, signal, onProgress: (sent: number) => told.push(sent) };
  const answer = await createFetchSender()(putTo(port), body, options);
  const crc = createCrc64Nvme();
  crc.update(bytes);
  expect(answer).toMatchObject({ status: 200, etag: '"of-it"', crc64nvme: encodeBase64(crc.digest()) });
  expect(heard).toMatchObject({
    headers: { 'content-length': String(blob.size), 'content-type': 'image/jpeg' },
    bytes: blob.size,
  });
  expect(heard).not.toHaveProperty('headers.transfer-encoding');
  expect(readings).toBe(1);
  expect(told.length).toBeGreaterThan(10);
  expect(told).toEqual(told.toSorted((a, b) => a - b));
  server.close();
});
