import {
  sourceId as sourceIdSchema,
  type buildImageUrl,
  type createSource,
  type listSourceObjects,
  type listSources,
  type OperationInput,
  type OperationResult,
  type Source,
  type SourceId,
  type TeamId,
  type updateSource,
} from '@windlass/contract';
import type { Actor } from '../../kernel/actor.ts';
import { AppError } from '../../kernel/app-error.ts';
import type { Clock } from '../../kernel/clock.ts';
import { definedOnly } from '../../kernel/defined-only.ts';
import type { Log } from '../../kernel/log.ts';
import { newId } from '../../kernel/new-id.ts';
import type { Vault } from '../../platform/crypto/vault.ts';
import { isUniqueViolation, type Database } from '../../platform/db/index.ts';
import { cursorId, toPage } from '../../platform/db/keyset-page.ts';
import { actorIdOf } from '../../platform/http/actor-id.ts';
import type { ConnectionsService } from '../connections/index.ts';
import type { TeamAccess } from '../teams/index.ts';
import { ensureDemoSource, type DemoSource } from './demo.ts';
import { buildImageTarget, requireDefaultParameters, sourceUrls, type ImageOrigin } from './image-url.ts';
import { sourcePolicy } from './policy.ts';
import { presentObject, presentSource } from './presenter.ts';
import { createSourceResolver } from './resolve-source.ts';
import type { ResolveSource } from './resolved-source.ts';
import {
  newSigningKeys,
  openSigningKeys,
  sealSigningKeys,
  signingKeysContext,
  type SourceSigningKeys,
} from './signing-keys.ts';
import { refuseReservedName } from './source-name.ts';
import {
  changeSource,
  deleteSource,
  findSource,
  holdConnection,
  insertSource,
  listForRewrap,
  listSources as selectSources,
  lockSource,
  replaceSealed,
  type SourceRow,
} from './store.ts';

type At = OperationInput<typeof updateSource>['params'];
type SourceEdit = OperationInput<typeof updateSource>['body'];

/** A source, and its signing keys where this call has made them: they are shown once. */
export interface MadeSource {
  source: Source;
  signingKeys: SourceSigningKeys | null;
}

/** Public image origins on connections. */
export interface SourcesService {
  list(
    actor: Actor,
    teamId: TeamId,
    query: OperationInput<typeof listSources>['query'],
  ): Promise<OperationResult<typeof listSources>>;
  show(actor: Actor, at: At): Promise<Source>;
  create(
    actor: Actor,
    teamId: TeamId,
    given: OperationInput<typeof createSource>['body'],
  ): Promise<MadeSource>;
  /** `requireMatch` is given the current representation inside the transaction, and throws where the caller saw another. */
  edit(actor: Actor, at: At, given: SourceEdit, requireMatch: (current: Source) => void): Promise<MadeSource>;
  delete(actor: Actor, at: At): Promise<void>;
  rotateKeys(actor: Actor, at: At): Promise<SourceSigningKeys>;
  listObjects(
    actor: Actor,
    at: At,
    query: OperationInput<typeof listSourceObjects>['query'],
    signal: AbortSignal,
  ): Promise<OperationResult<typeof listSourceObjects>>;
  buildUrl(
    actor: Actor,
    at: At,
    picture: OperationInput<typeof buildImageUrl>['body'],
  ): Promise<OperationResult<typeof buildImageUrl>>;
  /** For the image server. */
  resolveSource: ResolveSource;
  /** For the first run; null where somebody else's source has the name. */
  ensureDemo(demo: DemoSource): Promise<SourceId | null>;
  /** For rotation: wraps all signing keys by the active key. Call it at start; it does nothing when nothing is to do. */
  rewrapSigningKeys(): Promise<number>;
}

export const createSourcesService = (deps: {
  db: Database;
  access: TeamAccess;
  vault: Vault;
  connections: Pick<ConnectionsService, 'openBucket'>;
  /** Asked at each use: a free port is known only once it is taken. */
  imageOrigin: () => ImageOrigin;
  clock: Clock;
  log: Log;
}): SourcesService => {
  const { db, access, vault, connections, clock, log, imageOrigin } = deps;
  const resolver = createSourceResolver({ db, vault });

  const find = async ({ teamId, sourceId }: At): Promise<SourceRow> =>
    (await findSource(db, teamId, sourceId)) ?? missing();
  const present = (row: SourceRow): Source => presentSource(row, imageOrigin());
  const told = (actor: Actor, { teamId, sourceId }: At, message: string): void =>
    log.info({ actorId: actorIdOf(actor), teamId, sourceId }, message);

  return {
    resolveSource: resolver.resolve,
    ensureDemo: (demo) => ensureDemoSource({ db, clock }, demo),

    list: async (actor, teamId, query) => {
      await access.require(actor, teamId, sourcePolicy.read);
      const after = cursorId(query, sourceIdSchema);
      const rows = await selectSources(db, teamId, {
        connectionId: query.connectionId ?? null,
        after,
        limit: query.limit + 1,
      });
      return toPage(rows, query.limit, (row) => row.id, present);
    },

    show: async (actor, at) => {
      await access.require(actor, at.teamId, sourcePolicy.read);
      return present(await find(at));
    },

    create: async (actor, teamId, { limits, ...settings }) => {
      await access.require(actor, teamId, sourcePolicy.write);
      refuseReservedName(settings.name);
      requireDefaultParameters(settings.defaultParameters, limits.maxOutputSide);
      const id = newId('src');
      const now = clock.now();
      const keys = settings.secured ? newSigningKeys() : null;
      await refuseTaken(
        db.transaction().execute(async (transaction) => {
          if (!(await holdConnection(transaction, teamId, settings.connectionId))) missingConnection();
          await insertSource(transaction, {
            ...settings,
            id,
            teamId,
            limits: JSON.stringify(limits),
            revision: 1,
            signingKeysSealed: keys === null ? null : sealSigningKeys(vault, { teamId, id }, keys),
            signingKeysSetAt: keys === null ? null : now,
            demo: false,
            createdAt: now,
            updatedAt: now,
          });
        }),
      );
      resolver.forget(settings.name);
      const at = { teamId, sourceId: id };
      told(actor, at, 'Source made');
      return { source: present(await find(at)), signingKeys: keys };
    },

    edit: async (actor, at, { limits: givenLimits, ...given }, requireMatch) => {
      await access.require(actor, at.teamId, sourcePolicy.write);
      const now = clock.now();
      const id = at.sourceId;
      const { before, keys } = await refuseTaken(
        db.transaction().execute(async (transaction) => {
          const row = (await lockSource(transaction, at.teamId, id)) ?? missing();
          requireMatch(present(row));
          if (given.name !== undefined && given.name !== row.name) refuseReservedName(given.name);
          const limits = { ...row.limits, ...definedOnly(givenLimits ?? {}) };
          requireDefaultParameters(given.defaultParameters ?? row.defaultParameters, limits.maxOutputSide);
          if (
            given.connectionId !== undefined &&
            !(await holdConnection(transaction, at.teamId, given.connectionId))
          ) {
            missingConnection();
          }
          const made = given.secured === true && row.signingKeysSealed === null ? newSigningKeys() : null;
          await changeSource(
            transaction,
            { teamId: at.teamId, id, now },
            {
              ...definedOnly(given),
              limits: JSON.stringify(limits),
              ...(made === null
                ? {}
                : { signingKeysSealed: sealSigningKeys(vault, row, made), signingKeysSetAt: now }),
            },
          );
          return { before: row.name, keys: made };
        }),
      );
      const row = await find(at);
      resolver.forget(before);
      resolver.forget(row.name);
      told(actor, at, 'Source edited');
      return { source: present(row), signingKeys: keys };
    },

    delete: async (actor, at) => {
      await access.require(actor, at.teamId, sourcePolicy.delete);
      const name = (await deleteSource(db, at.teamId, at.sourceId)) ?? missing();
      resolver.forget(name);
      told(actor, at, 'Source deleted');
    },

    rotateKeys: async (actor, at) => {
      await access.require(actor, at.teamId, sourcePolicy.rotateKeys);
      const row = await find(at);
      const keys = newSigningKeys();
      const now = clock.now();
      await changeSource(
        db,
        { teamId: at.teamId, id: at.sourceId, now },
        { signingKeysSealed: sealSigningKeys(vault, row, keys), signingKeysSetAt: now },
      );
      resolver.forget(row.name);
      told(actor, at, 'Signing keys rotated');
      return keys;
    },

    listObjects: async (actor, at, { prefix, limit, cursor }, signal) => {
      await access.require(actor, at.teamId, sourcePolicy.listObjects);
      const row = await find(at);
      const bucket = await connections.openBucket(at.teamId, row.connectionId);
      const page = await bucket.listObjects({
        signal,
        limit,
        prefix: row.prefix + prefix,
        ...(cursor === undefined ? {} : { cursor: readCursor(cursor) }),
      });
      return {
        items: page.objects.map((object) => presentObject(object, row.prefix)),
        nextCursor: page.next === null ? null : Buffer.from(page.next).toString('base64url'),
      };
    },

    buildUrl: async (actor, at, picture) => {
      await access.require(actor, at.teamId, sourcePolicy.buildUrl);
      const row = await find(at);
      const keys =
        row.secured && row.signingKeysSealed !== null
          ? openSigningKeys(vault, row, row.signingKeysSealed)
          : null;
      const target = buildImageTarget(
        picture,
        { defaultParameters: row.defaultParameters, maxOutputSide: row.limits.maxOutputSide },
        keys,
      );
      const { baseUrl, hostUrl } = sourceUrls(imageOrigin(), row.name);
      return { url: baseUrl + target, hostUrl: hostUrl === null ? null : hostUrl + target };
    },

    rewrapSigningKeys: async () => {
      let count = 0;
      for (;;) {
        const batch = await listForRewrap(db, vault.activeKid, 100);
        for (const row of batch) {
          if (row.signingKeysSealed === null) continue;
          const after = vault.rewrap(row.signingKeysSealed, signingKeysContext(row));
          await replaceSealed(db, row, row.signingKeysSealed, after);
          count += 1;
        }
        if (batch.length < 100) return count;
      }
    },
  };
};

const missing = (): never => {
  throw new AppError('notFound', 'There is no such source in this team.');
};

const missingConnection = (): never => {
  throw new AppError('notFound', 'There is no such connection in this team.', {
    errors: [{ path: 'connectionId', message: 'is not a connection of this team' }],
  });
};

/** The provider's own token, made fit for a URL. */
const readCursor = (cursor: string): string => {
  const token = Buffer.from(cursor, 'base64url').toString('utf8');
  if (token === '' || Buffer.from(token).toString('base64url') !== cursor) {
    throw new AppError('invalidRequest', 'The cursor is not one that this list gave out.');
  }
  return token;
};

const refuseTaken = async <T>(change: Promise<T>): Promise<T> => {
  try {
    return await change;
  } catch (error) {
    if (!isUniqueViolation(error, 'sources_name_key')) throw error;
    throw new AppError('nameTaken', 'A source on this server has this name already.', {
      cause: error,
      errors: [{ path: 'name', message: 'is taken' }],
    });
  }
};
