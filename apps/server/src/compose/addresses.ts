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

/** A port that is free now. Something else may take it before we do; only a configured port is sure. */
const freePort = (host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, host, () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('no port was given'));
        else resolve(address.port);
      });
    });
  });

/** Loopback and "every interface" are reached as localhost from here. */
const shownHost = (host: string): string => {
  if (isLoopback(host) || host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
};

/** Settles the ports before anything is made, since links and cookies depend on the public addresses. */
export const settleAddresses = async (config: Config): Promise<Addresses> => {
  const { host } = config;
  const settle = (port: number): number | Promise<number> => (port === 0 ? freePort(host) : port);
  const port = await settle(config.port);
  const imagesPort = await settle(config.imagesPort);
  const bucketPort = await settle(config.bucketPort);
  return {
    port,
    imagesPort,
    bucketPort,
    publicUrl: config.publicUrl ?? `http://${shownHost(host)}:${port}`,
    imagesUrl: config.imagesUrl ?? `http://${shownHost(host)}:${imagesPort}`,
  };
};
