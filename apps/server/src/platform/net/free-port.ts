import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below what Linux gives to outgoing connections by itself (ip_local_port_range): ours would be taken by one of them. */
const lowestPort = 20_000;
const highestPort = 32_000;
const tries = 100;

const isFree = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
    );
    server.listen(port, host, () => server.close(() => resolve(true)));
  });

/** A port that is free now. Something else may take it before we do; only a configured port is sure. */
export const freePort = async (host: string, taken: readonly number[] = []): Promise<number> => {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const port = randomInt(lowestPort, highestPort);
    if (!taken.includes(port) && (await isFree(host, port))) return port;
  }
  throw new Error(`No port of ${host} is free.`);
};
