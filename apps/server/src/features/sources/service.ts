import {
  sourceId as sourceIdSchema,
  type createSource,
  type listSources,
  type OperationInput,
  type OperationResult,
  type Source,
  type SourceId,
  type SourceSettings,
  type TeamId,
  type updateSource,
} from '@windlass/contract';
import type { Actor } from '../../kernel/actor.ts';
import { AppError } from '../../kernel/app-error.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Log } from '../../kernel/log.ts';
import { newId } from '../../kernel/new-id.ts';
import type { Vault } from '../../platform/crypto/vault.ts';
import { isUniqueViolation, type Database } from '../../platform/db/index.ts';
import { cursorId, toPage } from '../../platform/db/keyset-page.ts';
import { actorIdOf } from '../../platform/http/actor-id.ts';
import { createGuardedFetch, type EndpointGuard } from '../../platform/net/index.ts';
import type { ConnectionsService } from '../connections/index.ts';
import type { TeamAccess } from '../teams/index.ts';
import { createBrowsing, type Browsing } from './browsing.ts';
import { ensureDemoSource, type DemoSource } from './demo.ts';
import { ignoredParameters } from './ignored-parameters.ts';
import type { ImageOrigin } from './image-url.ts';
import { createKeyRotation, type KeyRotation } from './keys/key-rotation.ts';
import { newSigningKeys, sealSigningKeys, type SourceSigningKeys } from './keys/signing-keys.ts';
import { missingConnection, missingSource } from './missing.ts';
import { createOpenOrigin, type OpenOrigin } from './origins/open-origin.ts';
import { tryBaseUrl } from './origins/try-base-url.ts';
import { normalBaseUrl } from './origins/web-address.ts';
import { sourcePolicy } from './policy.ts';
import { presentSource } from './presenter.ts';
import { createPurges, type Purges } from './purges/purges.ts';
import { createSourceResolver } from './resolve-source.ts';
import type { ResolveSource } from './resolved-source.ts';
import { editedSettings, requireSettings, settingsColumns } from './settings.ts';
import { refuseReservedName } from './source-name.ts';
import {
  changeSource,
  deleteSource,
  findSource,
  holdConnection,
  insertSource,
  listSources as selectSources,
  lockSource,
  type SourceRow,
} from './store.ts';
import { createUsageRecorder, type RecordUsage } from './usage/usage-recorder.ts';
import { addUsage } from './usage/usage-store.ts';
import { createUsage, type Usage } from './usage/usage.ts';

type At = OperationInput<typeof updateSource>['params'];
type SourceEdit = OperationInput<typeof updateSource>['body'];

/** A source, its signing keys where this call has made them (they are shown once), and what is odd about it. */
export interface SavedSource {
  source: Source;
  signingKeys: SourceSigningKeys | null;
  warnings: { path: string; message: string }[];
}

/** Public image origins on connections and web folders. */
export interface SourcesService extends Browsing, KeyRotation, Purges, Usage, AsyncDisposable {
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
  ): Promise<SavedSource>;
  /** `requireMatch` is given the current representation inside the transaction, and throws where the caller saw another. */
  edit(
    actor: Actor,
    at: At,
    given: SourceEdit,
    requireMatch: (current: Source) => void,
  ): Promise<SavedSource>;
  delete(actor: Actor, at: At): Promise<void>;
  /** For the image server. */
  resolveSource: ResolveSource;
  /** Tells whoever keeps answers in this process of each change that it makes to a source. @returns what ends it */
  onChange(listener: () => void): () => void;
  openOrigin: OpenOrigin;
  recordUsage: RecordUsage;
  /** Writes what was counted; it happens every 15 seconds and at the end by itself. */
  flushUsage(): Promise<void>;
  /** For the first run; null where somebody else's source has the name. */
  ensureDemo(demo: DemoSource): Promise<SourceId | null>;
}

export const createSourcesService = (deps: {
  db: Database;
  access: TeamAccess;
  vault: Vault;
  connections: Pick<ConnectionsService, 'openBucket'>;
  /** For web folders: it knows nothing of the embedded bucket. */
  guard: EndpointGuard;
  /** Asked at each use: a free port is known only once it is taken. */
  imageOrigin: () => ImageOrigin;
  clock: Clock;
  log: Log;
}): SourcesService => {
  const { db, access, vault, guard, clock, log, imageOrigin } = deps;
  const stack = new AsyncDisposableStack();
  const fetch = stack.use(createGuardedFetch(guard));
  const recorder = stack.use(createUsageRecorder({ write: (hours) => addUsage(db, hours), clock, log }));
  const resolver = createSourceResolver({ db, vault, clock });

  const find = async ({ teamId, sourceId }: At): Promise<SourceRow> =>
    (await findSource(db, teamId, sourceId)) ?? missingSource();
  const present = (row: SourceRow): Source => presentSource(row, imageOrigin(), clock.now());
  const told = (actor: Actor, { teamId, sourceId }: At, message: string): void =>
    log.info({ actorId: actorIdOf(actor), teamId, sourceId }, message);
  const tryPlace = async (webBaseUrl: string | null | undefined): Promise<SavedSource['warnings']> =>
    webBaseUrl == null ? [] : tryBaseUrl(normalBaseUrl(webBaseUrl), { guard, fetch, images: imageOrigin() });
  const parts = { ...deps, forget: resolver.forget, told };

  return {
    ...createBrowsing({ ...deps, find }),
    ...createKeyRotation(parts),
    ...createPurges(parts),
    ...createUsage(deps),
    resolveSource: resolver.resolve,
    onChange: resolver.onChange,
    openOrigin: createOpenOrigin({ ...deps, fetch, imagesUrl: () => imageOrigin().imagesUrl }),
    recordUsage: recorder.record,
    flushUsage: recorder.flush,
    ensureDemo: (demo) => ensureDemoSource({ db, clock }, demo),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),

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

    create: async (actor, teamId, given) => {
      await access.require(actor, teamId, sourcePolicy.write);
      refuseReservedName(given.name);
      const settings = requireSettings(given);
      const warnings = [...ignoredParameters(settings), ...(await tryPlace(settings.webBaseUrl))];
      const id = newId('src');
      const now = clock.now();
      const keys = settings.secured ? newSigningKeys() : null;
      await refuseTaken(
        db.transaction().execute(async (transaction) => {
          await holdConnections(transaction, teamId, settings);
          await insertSource(transaction, {
            ...settingsColumns(settings),
            id,
            teamId,
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
      return { source: present(await find(at)), signingKeys: keys, warnings };
    },

    edit: async (actor, at, given, requireMatch) => {
      await access.require(actor, at.teamId, sourcePolicy.write);
      // Before the transaction: nobody waits for a stranger's server with a row in hand.
      const warnings = await tryPlace(given.webBaseUrl);
      const now = clock.now();
      const id = at.sourceId;
      const { before, keys } = await refuseTaken(
        db.transaction().execute(async (transaction) => {
          const row = (await lockSource(transaction, at.teamId, id)) ?? missingSource();
          requireMatch(present(row));
          if (given.name !== undefined && given.name !== row.name) refuseReservedName(given.name);
          const settings = requireSettings(editedSettings(row, given));
          await holdConnections(transaction, at.teamId, settings);
          const made = settings.secured && row.signingKeysSealed === null ? newSigningKeys() : null;
          await changeSource(
            transaction,
            { teamId: at.teamId, id, now },
            {
              ...settingsColumns(settings),
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
      return {
        source: present(row),
        signingKeys: keys,
        warnings: [...ignoredParameters(given), ...warnings],
      };
    },

    delete: async (actor, at) => {
      await access.require(actor, at.teamId, sourcePolicy.delete);
      const name = (await deleteSource(db, at.teamId, at.sourceId)) ?? missingSource();
      resolver.forget(name);
      told(actor, at, 'Source deleted');
    },
  };
};

/** @throws AppError notFound for a connection that the team has not; else it stays until the transaction ends */
const holdConnections = async (db: Database, teamId: TeamId, settings: SourceSettings): Promise<void> => {
  for (const field of ['connectionId', 'cacheConnectionId'] as const) {
    const id = settings[field];
    if (id !== null && !(await holdConnection(db, teamId, id))) missingConnection(field);
  }
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
