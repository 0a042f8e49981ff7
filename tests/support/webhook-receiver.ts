import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as it came. */
export interface Received {
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** An HTTP server on loopback that keeps what it gets and answers as it is told. */
export interface WebhookReceiver extends AsyncDisposable {
  url: string;
  received: Received[];
  /** For the next requests, in this order; after them 200. Headers go along; `body` is sent as it is. */
  answer(...answers: { status: number; headers?: Record<string, string>; body?: Buffer | string }[]): void;
  /** Waits until `count` requests have come in all. */
  until(count: number): Promise<Received[]>;
}

export const createWebhookReceiver = async (): Promise<WebhookReceiver> => {
  const received: Received[] = [];
  const answers: Parameters<WebhookReceiver['answer']> = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({
        path: request.url ?? '',
        headers: Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
        ),
        body: Buffer.concat(chunks).toString('utf8'),
      });
      const { status, headers = {}, body = '' } = answers.shift() ?? { status: 200 };
      response.writeHead(status, headers).end(body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A TCP server's address is an AddressInfo.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook?team=a`,
    received,
    answer: (...next) => void answers.push(...next),
    until: async (count) => {
      for (const end = Date.now() + 30_000; received.length < count;) {
        if (Date.now() > end) throw new Error(`${received.length} of ${count} requests came within 30 s.`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return received;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
