import {
  purgeId as purgeIdSchema,
  type listPurges,
  type OperationInput,
  type OperationResult,
  type PurgeRequest,
  type PurgeScope,
  type SourceId,
  type SourcePurge,
} from '@windlass/contract';
import type { Actor } from '../../../kernel/actor.ts';
import type { Clock } from '../../../kernel/clock.ts';
import { newId } from '../../../kernel/new-id.ts';
import type { Database } from '../../../platform/db/index.ts';
import { cursorId, toPage } from '../../../platform/db/keyset-page.ts';
import type { TeamAccess } from '../../teams/index.ts';
import { pathOf } from '../image-path.ts';
import { missingSource } from '../missing.ts';
import { sourcePolicy } from '../policy.ts';
import { findSource, lockSource } from '../store.ts';
import {
  countPurges,
  deletePurges,
  insertPurge,
  listPurges as selectPurges,
  type PurgeRow,
} from './purge-store.ts';
import { maxPurges, purgesLastMilliseconds } from './purge-window.ts';

type At = OperationInput<typeof listPurges>['params'];

/** A purge of this process, at the moment when it was written down. Those of others arrive with the resolved source. */
export interface PurgeNotice {
  sourceId: SourceId;
  scope: PurgeScope;
  /** Empty where everything was purged. */
  value: string;
  /** Milliseconds of the epoch. */
  at: number;
}

export interface Purges {
  purge(actor: Actor, at: At, request: PurgeRequest): Promise<SourcePurge>;
  listPurges(
    actor: Actor,
    at: At,
    query: OperationInput<typeof listPurges>['query'],
  ): Promise<OperationResult<typeof listPurges>>;
  /** Tells whoever keeps pictures in this process of each purge at once. @returns what ends it */
  onPurge(listener: (notice: PurgeNotice) => void): () => void;
}

export const createPurges = (deps: {
  db: Database;
  access: TeamAccess;
  clock: Clock;
  /** What this process knows of the source by its name is out of date. */
  forget(name: string): void;
  told(actor: Actor, at: At, message: string): void;
}): Purges => {
  const { db, access, clock, forget, told } = deps;
  const listeners = new Set<(notice: PurgeNotice) => void>();

  return {
    purge: async (actor, at, request) => {
      const { userId } = await access.require(actor, at.teamId, sourcePolicy.purge);
      const value = valueOf(request);
      const { name, row } = await db.transaction().execute(async (transaction) => {
        const source = (await lockSource(transaction, at.teamId, at.sourceId)) ?? missingSource();
        const full = (await countPurges(transaction, at)) >= maxPurges;
        // One purge of everything says what a thousand small ones say, and more.
        if (full) await deletePurges(transaction, at);
        const now = clock.now();
        const made = await insertPurge(transaction, {
          id: newId('prg'),
          ...at,
          ...(full ? ({ scope: 'all', value: '' } as const) : { scope: request.scope, value }),
          at: now,
          madeBy: userId,
          expiresAt: new Date(now.getTime() + purgesLastMilliseconds),
        });
        return { name: source.name, row: made };
      });
      forget(name);
      for (const listener of listeners) {
        listener({ sourceId: at.sourceId, scope: row.scope, value: row.value, at: row.at.getTime() });
      }
      told(actor, at, 'Pictures purged');
      return present(row);
    },

    listPurges: async (actor, at, query) => {
      await access.require(actor, at.teamId, sourcePolicy.read);
      if ((await findSource(db, at.teamId, at.sourceId)) === null) missingSource();
      const rows = await selectPurges(db, at, {
        now: clock.now(),
        before: cursorId(query, purgeIdSchema),
        limit: query.limit + 1,
      });
      return toPage(rows, query.limit, (row) => row.id, present);
    },

    onPurge: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};

const present = ({ id, scope, value, at, madeByName }: PurgeRow): SourcePurge => ({
  id,
  scope,
  value,
  at: at.toISOString(),
  by: madeByName,
});

/** @throws AppError invalidRequest */
const valueOf = (request: PurgeRequest): string => {
  switch (request.scope) {
    case 'all':
      return '';
    case 'tag':
      return request.value;
    case 'path':
    case 'prefix':
      return pathOf(request.value, 'value');
  }
};
