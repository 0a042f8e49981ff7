import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server of this machine for one test, on a free port. */
export interface LoopbackServer extends AsyncDisposable {
  /** `http://127.0.0.1:port`, without a slash at its end. */
  url: string;
}

/** @example await using server = await startLoopbackServer((request, response) => response.end('here')); */
export const startLoopbackServer = async (answer: RequestListener): Promise<LoopbackServer> => {
  const server = createServer(answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A TCP server's address is an AddressInfo.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};
