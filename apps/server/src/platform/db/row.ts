import type { Selectable } from 'kysely';
import type { Tables } from './tables/index.ts';

/** A row of a table as it is read, for code that is handed one and asks no database. */
export type Row<Table extends keyof Tables> = Selectable<Tables[Table]>;
