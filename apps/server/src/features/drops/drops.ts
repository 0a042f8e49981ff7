import {
  copyTitle,
  dropId as dropIdSchema,
  type cloneDrop,
  type createDrop,
  type deleteDrop as deleteDropOperation,
  type Drop,
  type DropId,
  type DropSettings,
  type FormField,
  type FormVersion,
  type listDrops,
  type OperationInput,
  type OperationResult,
  type TeamId,
  type updateDrop,
} from '@windlass/contract';
import type { Actor } from '../../kernel/actor.ts';
import { AppError } from '../../kernel/app-error.ts';
import { canonicalJson } from '../../kernel/canonical-json.ts';
import { newId } from '../../kernel/new-id.ts';
import { Secret } from '../../kernel/secret.ts';
import { isUniqueViolation, type Database } from '../../platform/db/index.ts';
import { cursorId, toPage } from '../../platform/db/keyset-page.ts';
import { actorIdOf } from '../../platform/http/actor-id.ts';
import { mayDelete } from './desk/file-access.ts';
import { ensureDemoDrop, type DemoDrop } from './demo.ts';
import type { DropsDeps } from './deps.ts';
import { presentDrop, presentForm } from './drop-presenter.ts';
import { dropColumns, editedSettings, requireSettings, settingsOf } from './drop-settings.ts';
import {
  changeDrop,
  deleteDrop,
  draftGrantsOf,
  findDrop,
  holdConnection,
  insertDrop,
  listGroundsOf,
  listOrdersOf,
  listDrops as selectDrops,
  lockDrop,
  type ShownDrop,
} from './drop-store.ts';
import { findForm, insertForm, listForms } from './forms/form-store.ts';
import { hcaptchaSecretContext, newPageKeySealed, openHcaptchaSecret } from './page-keys.ts';
import { missingDrop, missingForm } from './missing.ts';
import { dropPolicy } from './policy.ts';
import type { DropRetention } from './ports.ts';
import { queueRemoval } from './retention/remove-objects.ts';

type At = OperationInput<typeof updateDrop>['params'];

/** Order pages of a team, for its members. */
export interface Drops {
  list(
    actor: Actor,
    teamId: TeamId,
    query: OperationInput<typeof listDrops>['query'],
  ): Promise<OperationResult<typeof listDrops>>;
  show(actor: Actor, at: At): Promise<Drop>;
  create(actor: Actor, teamId: TeamId, given: OperationInput<typeof createDrop>['body']): Promise<Drop>;
  /** `requireMatch` is given the current representation inside the transaction, and throws where the caller saw another. */
  edit(
    actor: Actor,
    at: At,
    given: OperationInput<typeof updateDrop>['body'],
    requireMatch: (current: Drop) => void,
  ): Promise<Drop>;
  /**
   * What was uploaded for orders that were not sent goes with the page, that of orders with `files`; what the order of another
   * page has too stays.
   *
   * @throws AppError notFound; inUse for a page with orders, without `cascade`; conflict where `files` may not be deleted
   */
  delete(actor: Actor, at: At, query: OperationInput<typeof deleteDropOperation>['query']): Promise<void>;
  clone(actor: Actor, at: At, given: OperationInput<typeof cloneDrop>['body']): Promise<Drop>;
  listForms(actor: Actor, at: At): Promise<{ items: FormVersion[] }>;
  checkRetention(actor: Actor, at: At, signal: AbortSignal): Promise<Drop>;
  /** For the first run: makes the demo team's order page where it is missing. @returns null where another page has the name */
  ensureDemo(demo: DemoDrop): Promise<{ id: DropId; orders: number } | null>;
}

/** Retention's own look ends by itself before that. */
const checkMilliseconds = 30_000;

export const createDrops = (deps: DropsDeps & { retention: DropRetention }): Drops => {
  const { db, access, vault, passwords, clock, log, retention, transfers, jobs, publicUrl } = deps;

  const find = async (at: At): Promise<ShownDrop> => (await findDrop(db, at, clock.now())) ?? missingDrop();
  const present = (row: ShownDrop, fields: FormField[]): Drop =>
    presentDrop(row, fields, {
      now: clock.now(),
      publicUrl: publicUrl(),
      retention: retention.retentionOf(row),
    });
  const told = (actor: Actor, { teamId, dropId }: At, message: string): void =>
    log.info({ actorId: actorIdOf(actor), teamId, dropId }, message);
  const shown = async (at: At): Promise<Drop> => {
    const row = await find(at);
    return present(row, await fieldsOf(db, row));
  };

  /** Settings with the sealed and hashed texts that a new row has. */
  const insert = async (
    at: At,
    settings: DropSettings,
    secrets: { passwordHash: string | null; hcaptchaSecret: Secret | null },
  ): Promise<void> => {
    const now = clock.now();
    const owner = { teamId: at.teamId, id: at.dropId };
    await refuseTaken(
      db.transaction().execute(async (trx) => {
        await requireConnection(trx, at.teamId, settings);
        await insertDrop(trx, {
          ...dropColumns(settings),
          ...owner,
          formVersion: 1,
          passwordHash: secrets.passwordHash,
          hcaptchaSecretSealed:
            secrets.hcaptchaSecret === null
              ? null
              : vault.seal(secrets.hcaptchaSecret, hcaptchaSecretContext(owner)),
          pageKeySealed: newPageKeySealed(vault, owner),
          retentionCheck: null,
          createdAt: now,
          updatedAt: now,
        });
        await insertForm(trx, at, { version: 1, fields: settings.fields, createdAt: now });
      }),
    );
  };

  return {
    list: async (actor, teamId, query) => {
      await access.require(actor, teamId, dropPolicy.read);
      const after = cursorId(query, dropIdSchema);
      const rows = await selectDrops(db, teamId, { after, limit: query.limit + 1 }, clock.now());
      const forms = new Map<DropId, FormField[]>();
      for (const row of rows) forms.set(row.id, await fieldsOf(db, row));
      return toPage(
        rows,
        query.limit,
        (row) => row.id,
        (row) => present(row, forms.get(row.id) ?? []),
      );
    },

    show: async (actor, at) => {
      await access.require(actor, at.teamId, dropPolicy.read);
      return shown(at);
    },

    create: async (actor, teamId, { password, hcaptchaSecret, ...settings }) => {
      await access.require(actor, teamId, dropPolicy.write);
      requireSettings(settings, {
        password: password ?? null,
        hasPassword: false,
        passwordFor: null,
        hasHcaptchaSecret: hcaptchaSecret !== undefined,
      });
      const at = { teamId, dropId: newId('drp') };
      await insert(at, settings, {
        passwordHash: password === undefined ? null : await passwords.hash(password),
        hcaptchaSecret: hcaptchaSecret === undefined ? null : new Secret(hcaptchaSecret),
      });
      told(actor, at, 'Order page made');
      return shown(at);
    },

    edit: async (actor, at, { password, hcaptchaSecret, ...given }, requireMatch) => {
      await access.require(actor, at.teamId, dropPolicy.write);
      // Before the transaction: a hash takes its time, and nobody waits for it with a row in hand.
      const hash = password === undefined ? undefined : await passwords.hash(password);
      const now = clock.now();
      await refuseTaken(
        db.transaction().execute(async (trx) => {
          const row = (await lockDrop(trx, at, now)) ?? missingDrop();
          const fields = await fieldsOf(trx, row);
          requireMatch(present(row, fields));
          const before = settingsOf(row, fields);
          const settings = editedSettings(before, given);
          requireSettings(settings, {
            password: password ?? null,
            hasPassword: row.passwordHash !== null,
            passwordFor: row.access === 'open' ? null : row.access,
            hasHcaptchaSecret: hcaptchaSecret !== undefined || row.hcaptchaSecretSealed !== null,
          });
          await requireConnection(trx, at.teamId, settings);
          const newForm = canonicalJson(settings.fields) !== canonicalJson(fields);
          const formVersion = newForm ? row.formVersion + 1 : row.formVersion;
          if (newForm)
            await insertForm(trx, at, { version: formVersion, fields: settings.fields, createdAt: now });
          const elsewhere =
            settings.connectionId !== before.connectionId || settings.retentionDays !== before.retentionDays;
          await changeDrop(trx, at, {
            ...dropColumns(settings),
            formVersion,
            ...(settings.access === 'open' ? { passwordHash: null } : {}),
            ...(hash === undefined ? {} : { passwordHash: hash }),
            ...(hcaptchaSecret === undefined
              ? {}
              : {
                  hcaptchaSecretSealed: vault.seal(new Secret(hcaptchaSecret), hcaptchaSecretContext(row)),
                }),
            // What was found elsewhere, or for other days, would mislead.
            ...(elsewhere ? { retentionCheck: null } : {}),
            updatedAt: now,
          });
        }),
      );
      told(actor, at, 'Order page edited');
      return shown(at);
    },

    delete: async (actor, at, { cascade, files }) => {
      await access.require(actor, at.teamId, dropPolicy.delete);
      const { total } = await db.transaction().execute(async (trx) => {
        const { orders } = (await lockDrop(trx, at, clock.now())) ?? missingDrop();
        if (orders.total > 0 && !cascade) {
          const count = orders.total === 1 ? 'One order is' : `${orders.total} orders are`;
          throw new AppError('inUse', `${count} on this page: delete them first, or set cascade=true.`);
        }
        for (const { grantId } of await draftGrantsOf(trx, at)) {
          if (grantId !== null) await transfers.endGrant(trx, at.teamId, grantId);
        }
        if (files) await requireDeletable(trx, at);
        for (const order of await listOrdersOf(trx, at)) {
          if (files || order.state === 'draft') await queueRemoval(trx, jobs, order);
        }
        await deleteDrop(trx, at);
        return orders;
      });
      log.info({ actorId: actorIdOf(actor), ...at, orders: total, files }, 'Order page deleted');
    },

    clone: async (actor, at, { name, title }) => {
      await access.require(actor, at.teamId, dropPolicy.write);
      const row = await find(at);
      const of = settingsOf(row, await fieldsOf(db, row));
      const settings = { ...of, name, title: title ?? copyTitle(of.title) };
      const copy = { teamId: at.teamId, dropId: newId('drp') };
      await insert(copy, settings, {
        passwordHash: row.passwordHash,
        hcaptchaSecret: openHcaptchaSecret(vault, row),
      });
      told(actor, copy, 'Order page made from another');
      return shown(copy);
    },

    listForms: async (actor, at) => {
      await access.require(actor, at.teamId, dropPolicy.read);
      const forms = await listForms(db, at);
      return forms.length === 0 ? missingDrop() : { items: forms.map(presentForm) };
    },

    checkRetention: async (actor, at, signal) => {
      await access.require(actor, at.teamId, dropPolicy.checkRetention);
      await find(at);
      await retention.check(at, signal);
      return shown(at);
    },

    ensureDemo: async (demo) => {
      const page = await ensureDemoDrop({ db, vault, clock }, demo);
      if (page !== null) {
        const signal = AbortSignal.timeout(checkMilliseconds);
        await retention.check({ teamId: demo.teamId, dropId: page.id }, signal);
      }
      return page;
    },
  };
};

const fieldsOf = async (db: Database, { teamId, id, formVersion }: ShownDrop): Promise<FormField[]> =>
  ((await findForm(db, { teamId, dropId: id }, formVersion)) ?? missingForm()).fields;

/** @throws AppError notFound, or invalidRequest where browsers may not upload there; else it stays until `trx` ends */
const requireConnection = async (
  trx: Database,
  teamId: TeamId,
  { connectionId }: DropSettings,
): Promise<void> => {
  const connection = await holdConnection(trx, teamId, connectionId);
  if (connection === null)
    throw new AppError('notFound', 'There is no such connection in this team.', {
      errors: [{ path: 'connectionId', message: 'is not a connection of this team' }],
    });
  if (connection.jobs.includes('ingest')) return;
  throw new AppError(
    'invalidRequest',
    `The connection “${connection.name}” takes no uploads: add the job “ingest” to it, and check it.`,
    { errors: [{ path: 'connectionId', message: 'has not the job ingest' }] },
  );
};

/** @throws AppError conflict where a connection that has files of the page's orders may not delete them */
const requireDeletable = async (trx: Database, at: At): Promise<void> => {
  for (const ground of await listGroundsOf(trx, at)) {
    if (mayDelete(ground) !== 'no') continue;
    throw new AppError(
      'conflict',
      `The connection “${ground.name}” may not delete objects: delete the page without its files, or allow s3:DeleteObject and check the connection again.`,
    );
  }
};

const refuseTaken = async (change: Promise<void>): Promise<void> => {
  try {
    await change;
  } catch (error) {
    if (!isUniqueViolation(error, 'drops_name_key')) throw error;
    throw new AppError('nameTaken', 'An order page on this server has this name already.', {
      cause: error,
      errors: [{ path: 'name', message: 'is taken' }],
    });
  }
};
