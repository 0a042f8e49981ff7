import { CompiledQuery } from 'kysely';
import type { Database } from './database.ts';

/**
 * Runs one statement with `$1` parameters and gives its rows as PostgreSQL names them: the doorway for libraries that
 * bring their own SQL. Code of ours uses the query builder.
 */
export const runSql = async (
  db: Database,
  text: string,
  values: readonly unknown[] = [],
): Promise<{ rows: Record<string, unknown>[]; rowCount: number }> => {
  const { rows } = await db
    .withoutPlugins()
    .executeQuery<Record<string, unknown>>(CompiledQuery.raw(text, [...values]));
  return { rows, rowCount: rows.length };
};
