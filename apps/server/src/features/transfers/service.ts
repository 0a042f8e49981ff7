import { transferId as transferIdSchema } from '@windlass/contract';
import { cursorId, toPage } from '../../platform/db/keyset-page.ts';
import { actorIdOf } from '../../platform/http/actor-id.ts';
import { uploadProfileOf } from '../../platform/s3/index.ts';
import type { TeamAccess } from '../teams/index.ts';
import { abortUpload } from './abort-upload.ts';
import type { TransferDeps } from './deps.ts';
import { createGrantUploads } from './grant-uploads-service.ts';
import { createGrants } from './grants.ts';
import { countUnderWayOn, countUnsettledOn, grantIdOf, listLiveOfGrant, listOfTeam } from './ledger-store.ts';
import { listPartNumbers } from './part-store.ts';
import { transferPolicy } from './policy.ts';
import { ledgerFileOf, presentTransfer } from './presenter.ts';
import { findGrant } from './grant-store.ts';
import { janitorQueue, reconcileQueue } from './queues.ts';
import { reconcile } from './reconcile.ts';
import { missingTransfer } from './refusals.ts';
import { lookUpReported } from './look-up-reported.ts';
import { removeOwnObjects } from './remove-objects.ts';
import { releaseConnection } from './release-connection.ts';
import { partsDoneOf, wantsChecksum } from './show-uploads.ts';
import { sweep } from './sweep.ts';
import type { TransfersService } from './transfers-service.ts';

const everyTenMinutes = '*/10 * * * *';
/** A little after the janitor. */
const everyTenMinutesLater = '5-59/10 * * * *';
const abortMilliseconds = 20_000;
const releaseMilliseconds = 60_000;

export const createTransfersService = (deps: TransferDeps & { access: TeamAccess }): TransfersService => {
  const { db, log, access } = deps;
  return {
    ...createGrants(deps),
    uploads: (grant) => createGrantUploads(deps, grant),
    filesOf: async (on, teamId, grantId) =>
      (await listLiveOfGrant(on, { teamId, grantId })).map(ledgerFileOf),

    lookUpReported: (grant, signal) => lookUpReported(deps, grant, signal),
    lookUpReportedOf: async (teamId, grantId, signal) => {
      const grant = await findGrant(db, teamId, grantId);
      return grant === null ? [] : lookUpReported(deps, grant, signal);
    },
    removeObjects: async (teamId, connectionId, objects, signal) =>
      objects.length === 0
        ? []
        : removeOwnObjects(await deps.openBucket(teamId, connectionId), objects, signal),

    listTransfers: async (actor, teamId, query) => {
      await access.require(actor, teamId, transferPolicy.read);
      const rows = await listOfTeam(db, teamId, {
        before: cursorId(query, transferIdSchema),
        limit: query.limit + 1,
        state: query.state ?? null,
        connectionId: query.connectionId ?? null,
      });
      const page = toPage(
        rows,
        query.limit,
        ({ id }) => id,
        (row) => row,
      );
      const numbers = await listPartNumbers(
        db,
        page.items.map(({ id }) => id),
      );
      return {
        ...page,
        items: page.items.map((row) =>
          presentTransfer(row, {
            partsDone: partsDoneOf(row, numbers.get(row.id) ?? []),
            wantsChecksum: wantsChecksum(row, uploadProfileOf(row.provider)),
          }),
        ),
      };
    },

    abortTransfer: async (actor, { teamId, transferId }) => {
      await access.require(actor, teamId, transferPolicy.abort);
      const grantId = (await grantIdOf(db, teamId, transferId)) ?? missingTransfer();
      await abortUpload(deps, { teamId, grantId, id: transferId }, AbortSignal.timeout(abortMilliseconds));
      log.info({ actorId: actorIdOf(actor), teamId, transferId }, 'Upload aborted');
    },

    connectionUse: {
      objection: async (on, teamId, connectionId, change) =>
        change === 'delete'
          ? describeUploads(await countUnderWayOn(on, teamId, connectionId))
          : describeUnsettled(await countUnsettledOn(on, teamId, connectionId, deps.clock.now())),
      release: (teamId, connectionId) =>
        releaseConnection(deps, teamId, connectionId, AbortSignal.timeout(releaseMilliseconds)),
    },

    startWork: async (jobs) => {
      await jobs.work(janitorQueue, async (_payload, { signal }) => {
        await sweep(deps, signal);
      });
      await jobs.work(reconcileQueue, async (_payload, { signal }) => {
        await reconcile(deps, signal);
      });
      await jobs.schedule(janitorQueue, everyTenMinutes, {});
      await jobs.schedule(reconcileQueue, everyTenMinutesLater, {});
    },
    sweep: (signal) => sweep(deps, signal),
    reconcile: (signal) => reconcile(deps, signal),
  };
};

const describeUploads = (count: number): string | null => {
  if (count === 0) return null;
  const uploads =
    count === 1 ? 'One upload to this connection is' : `${count} uploads to this connection are`;
  return `${uploads} under way: let them end, abort them, or set cascade=true.`;
};

const describeUnsettled = (count: number): string | null => {
  if (count === 0) return null;
  const uploads =
    count === 1 ? 'One upload to where it leads to is' : `${count} uploads to where it leads to are`;
  return `${uploads} under way or not looked up yet: make a new connection for the other place, or try again in half an hour after they have ended.`;
};
