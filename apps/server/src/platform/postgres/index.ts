export {
  inspectDataDirectory,
  lockDataDirectory,
  type DataDirectoryLock,
  type DataDirectoryState,
} from './data-directory-lock.ts';
export { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.ts';
export { inspectEmbeddedPostgres, type EmbeddedPostgresState } from './inspect-embedded-postgres.ts';
export { clusterDirectory, openSocket, type EmbeddedSocket } from './socket.ts';
