import type { Config } from '../config/config.ts';
import { isLoopback } from '../platform/http/index.ts';
import { freePort } from '../platform/net/index.ts';

/** Where this process listens, and how it is reached from outside. */
export interface Addresses {
  port: number;
  imagesPort: number;
  bucketPort: number;
  /** Origins without a trailing slash. */
  publicUrl: string;
  imagesUrl: string;
}

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
