import { createServer, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { endSlowReader } from './end-slow-reader.ts';

const pace = { bytes: 64 * 1024, milliseconds: 150 };
const chunk = Buffer.alloc(16 * 1024);

/** More than any system keeps for a reader that does not read. */
const manyBytes = function* manyBytes() {
  for (let sent = 0; sent < 64 * 1024 * 1024; sent += chunk.length) yield chunk;
};

const server = createServer((_, response) => {
  endSlowReader(response, pace);
  Readable.from(manyBytes()).pipe(response);
});
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => server.close());

const openReader = async () => {
  const answered = once(server, 'request');
  // A TCP server's address is an AddressInfo.
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => {});
  socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  // What `request` is emitted with.
  const [, response] = (await answered) as [unknown, ServerResponse];
  return { socket, response };
};

it('ends a reader who takes a byte now and then', async () => {
  const { socket, response } = await openReader();
  const closed = once(response, 'close');
  const reading = setInterval(() => socket.read(1), 20);
  socket.pause();
  await closed;
  clearInterval(reading);
  socket.destroy();
  expect(response.writableFinished).toBe(false);
});

it('leaves a slow reader alone who keeps to the pace', async () => {
  const { socket, response } = await openReader();
  socket.pause();
  for (let turn = 0; turn < 12; turn += 1) {
    socket.resume();
    await delay(5);
    socket.pause();
    await delay(40);
  }
  expect(response.destroyed).toBe(false);
  socket.resume();
  await once(response, 'close');
  expect(response.writableFinished).toBe(true);
});
