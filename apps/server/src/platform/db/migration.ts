import type { Kysely } from 'kysely';

/** One step forward of the schema. There is no way back: a mistake is mended by the next step. */
export interface Migration {
  /** Runs inside one transaction with every other pending step. Write plain snake_case SQL or `db.schema`. */
  up(db: Kysely<unknown>): Promise<void>;
}
