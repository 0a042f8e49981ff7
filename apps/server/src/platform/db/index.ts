export { createDatabase, type Database, type DatabaseConnection, type DatabaseHandle } from './database.ts';
export { decodeCursor, encodeCursor } from './cursor.ts';
export { ensureDatabase } from './ensure-database.ts';
export { isUniqueViolation } from './database-errors.ts';
export { migrateToLatest, migrationState, type MigrationState } from './migrate.ts';
export { pingDatabase } from './ping.ts';
export { runSql } from './run-sql.ts';
export type { Migration } from './migration.ts';
export type { Tables } from './tables/index.ts';
