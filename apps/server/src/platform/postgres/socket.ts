import { closeSync, openSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { superuser } from './cluster.ts';

/** Where the cluster of a data folder lies. */
export const clusterDirectory = (dataDirectory: string): string =>
  resolve(dataDirectory, 'postgres', 'cluster');

/** The way to a running embedded server, for this process. */
export interface EmbeddedSocket extends Disposable {
  readonly connection: { host: string; port: number; user: string; database: string };
}

/** sun_path holds 108 bytes with its closing zero (unix(7)). */
const maxSocketPathBytes = 107;

/**
 * Names the folder of the socket in a way that is short enough for connect(2): its own path, or that of an open descriptor.
 * The descriptor spares a temporary folder that somebody would have to clean up.
 */
export const openSocket = (cluster: string): EmbeddedSocket => {
  const facts = { port: 5432, user: superuser, database: 'windlass' };
  if (Buffer.byteLength(join(cluster, '.s.PGSQL.5432')) <= maxSocketPathBytes)
    return { connection: { host: cluster, ...facts }, [Symbol.dispose]: () => {} };
  const descriptor = openSync(cluster, 'r');
  return {
    connection: { host: `/proc/self/fd/${descriptor}`, ...facts },
    [Symbol.dispose]: () => closeSync(descriptor),
  };
};
