import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands before a server and tells another time in the Date of every answer. Nothing else is changed. */
export const startShiftingProxy = async (
  endpoint: string,
  aheadMilliseconds: number,
): Promise<{ url: string } & Disposable> => {
  const target = new URL(endpoint);
  const server = createServer((incoming, outgoing) => {
    const forwarded = request(
      {
        host: target.hostname,
        port: target.port,
        method: incoming.method,
        path: incoming.url,
        // With the Host that the client signed.
        headers: incoming.headers,
      },
      (answer) => {
        const date = new Date(Date.now() + aheadMilliseconds).toUTCString();
        outgoing.writeHead(answer.statusCode ?? 500, { ...answer.headers, date });
        answer.pipe(outgoing);
      },
    );
    forwarded.on('error', () => outgoing.destroy());
    incoming.pipe(forwarded);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A TCP server's address is an AddressInfo.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.dispose]: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};
