import { dirname } from 'node:path';
import { stat } from 'node:fs/promises';
import { findBinaries } from './binaries.ts';
import { majorVersion } from './cluster.ts';
import { chooseUser } from './run-as.ts';
import { clusterDirectory } from './socket.ts';

/** What `windlass doctor` asks about an embedded PostgreSQL that does not run. */
export interface EmbeddedPostgresState {
  /** Null before the first run. */
  clusterMajor: number | null;
  binariesMajor: number;
}

/**
 * Tries the binaries as the user that would run them, and reads the cluster's version.
 *
 * @throws Error with what to do where `startEmbeddedPostgres` would throw it
 */
export const inspectEmbeddedPostgres = async (dataDirectory: string): Promise<EmbeddedPostgresState> => {
  const cluster = clusterDirectory(dataDirectory);
  const runAs = await chooseUser(cluster);
  const home = dirname(cluster);
  const started = await stat(home).catch(() => null);
  const binaries = await findBinaries({
    runAs,
    privateDirectory: home,
    // Before the first run there is no folder to put a copy into, and looking makes none.
    ...(started === null && runAs === null ? { copyTo: [] } : {}),
  });
  return { clusterMajor: await majorVersion(cluster), binariesMajor: binaries.major };
};
