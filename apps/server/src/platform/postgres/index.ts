export {
  inspectDataDirectory,
  lockDataDirectory,
  type DataDirectoryLock,
  type DataDirectoryState,
} from './data-directory-lock.ts';
export { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.ts';
