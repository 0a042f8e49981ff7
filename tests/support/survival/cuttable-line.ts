import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { createPace } from './pace.ts';

/** A TCP line to a server that can be cut. */
export interface CuttableLine extends AsyncDisposable {
  /** `http://127.0.0.1:port` */
  url: string;
  /** From clients to the server, so far. */
  bytesSent(): number;
  /** Both ends of every connection get an RST (RFC 9293, 3.5.2). New ones are taken. */
  reset(): void;
  /** Nothing passes any more, and nobody is told: connections stay, new ones are taken and are silent. */
  swallow(): void;
  /**
   * Lets through again. What was on its way arrives late, as after a short hole; with `forget` connections on which something
   * was sent meanwhile stay silent for ever, as behind a router that has lost its table.
   */
  heal(options?: { forget?: boolean }): void;
}

/** @param bytesPerSecond to the server, over all connections */
export const startCuttableLine = async (
  target: string,
  { bytesPerSecond = null }: { bytesPerSecond?: number | null } = {},
): Promise<CuttableLine> => {
  const { hostname, port } = new URL(target);
  const pairs = new Set<readonly [Socket, Socket]>();
  const pace = createPace(bytesPerSecond);
  let bytesSent = 0;
  let hole: PromiseWithResolvers<void> | null = null;
  /** Raised where those who wait are to wait for ever. */
  let forgotten = 0;

  const mayPass = async (): Promise<void> => {
    const began = forgotten;
    await hole?.promise;
    if (began !== forgotten) await new Promise<never>(() => {});
  };

  const pump = async (from: Socket, to: Socket, count: (bytes: number) => Promise<void>): Promise<void> => {
    // Without an encoding the chunks of a socket are buffers.
    for await (const chunk of from as AsyncIterable<Buffer>) {
      await mayPass();
      await count(chunk.length);
      if (!to.write(chunk)) await once(to, 'drain');
    }
    await mayPass();
    to.end();
  };

  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    const pair = [client, upstream] as const;
    pairs.add(pair);
    const end = (): void => {
      pairs.delete(pair);
      client.destroy();
      upstream.destroy();
    };
    const toServer = pump(client, upstream, async (bytes) => {
      await pace(bytes);
      bytesSent += bytes;
    });
    const toClient = pump(upstream, client, async () => {});
    // A socket that breaks ends its pump; both are then of no more use.
    Promise.all([toServer, toClient]).then(end, end);
    for (const socket of pair) socket.on('error', end);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A TCP server that listens has such an address.
  const address = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${address.port}`,
    bytesSent: () => bytesSent,
    reset() {
      for (const pair of pairs) for (const socket of pair) socket.resetAndDestroy();
      pairs.clear();
    },
    swallow() {
      hole ??= Promise.withResolvers();
    },
    heal({ forget = false } = {}) {
      if (forget) forgotten += 1;
      hole?.resolve();
      hole = null;
    },
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const pair of pairs) for (const socket of pair) socket.destroy();
      await closed;
    },
  };
};
