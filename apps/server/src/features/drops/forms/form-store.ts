import type { DropId, FormField, TeamId } from '@windlass/contract';
import type { Selectable } from 'kysely';
import type { Database, Tables } from '../../../platform/db/index.ts';

export type FormRow = Selectable<Tables['dropForms']>;

interface At {
  teamId: TeamId;
  dropId: DropId;
}

/** Index: drop_forms_pkey. */
export const findForm = async (
  db: Database,
  { teamId, dropId }: At,
  version: number,
): Promise<FormRow | null> =>
  (await db
    .selectFrom('dropForms')
    .selectAll()
    .where('teamId', '=', teamId)
    .where('dropId', '=', dropId)
    .where('version', '=', version)
    .executeTakeFirst()) ?? null;

/** Newest first. Index: drop_forms_pkey. */
export const listForms = (db: Database, { teamId, dropId }: At): Promise<FormRow[]> =>
  db
    .selectFrom('dropForms')
    .selectAll()
    .where('teamId', '=', teamId)
    .where('dropId', '=', dropId)
    .orderBy('version', 'desc')
    .execute();

export const insertForm = async (
  db: Database,
  { teamId, dropId }: At,
  form: { version: number; fields: readonly FormField[]; createdAt: Date },
): Promise<void> => {
  await db
    .insertInto('dropForms')
    .values({ teamId, dropId, ...form, fields: JSON.stringify(form.fields) })
    .execute();
};
