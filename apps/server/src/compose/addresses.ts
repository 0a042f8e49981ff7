import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import type { Config } from '../config/config.ts';
import { isLoopback } from '../platform/http/index.ts';

/** Where this process listens, and how it is reached from outside. */
export interface Addresses {
  port: number;
  imagesPort: number;
  bucketPort: number;
  /** Origins without a trailing slash. */
  publicUrl: string;
  imagesUrl: string;
}

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
const freePort = async (host: string, taken: readonly number[]): Promise<number> => {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const port = randomInt(lowestPort, highestPort);
    if (!taken.includes(port) && (await isFree(host, port))) return port;
  }
  throw new Error(`No port of ${host} is free.`);
};

/** Loopback and "every interface" are reached as localhost from here. */
const shownHost = (host: string): string => {
  if (isLoopback(host) || host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
};

/** Settles the ports before anything is made, since links and cookies depend on the public addresses. */
export const settleAddresses = async (config: Config): Promise<Addresses> => {
  const { host } = config;
  const settle = async (wanted: number, ...taken: number[]): Promise<number> =>
    wanted === 0 ? freePort(host, taken) : wanted;
  const port = await settle(config.port, config.imagesPort, config.bucketPort);
  const imagesPort = await settle(config.imagesPort, port, config.bucketPort);
  const bucketPort = await settle(config.bucketPort, port, imagesPort);
  return {
    port,
    imagesPort,
    bucketPort,
    publicUrl: config.publicUrl ?? `http://${shownHost(host)}:${port}`,
    imagesUrl: config.imagesUrl ?? `http://${shownHost(host)}:${imagesPort}`,
  };
};
