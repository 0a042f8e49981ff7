import { transferId as transferIdSchema, type TransferId } from '@windlass/contract';
import { cursorId, toPage } from '../../platform/db/keyset-page.ts';
import { abortUpload } from './abort-upload.ts';
import { completeBatch } from './complete-uploads.ts';
import { createTickets } from './create-uploads.ts';
import type { TransferDeps } from './deps.ts';
import type { Grant } from './grant.ts';
import type { GrantUploads } from './grant-uploads.ts';
import { listOfGrant } from './ledger-store.ts';
import { openGround } from './open-ground.ts';
import { missingUpload, noRoom } from './refusals.ts';
import { isLapsed, renewUrls } from './renew-urls.ts';
import { showUploads } from './show-uploads.ts';
import { signParts } from './sign-parts.ts';
import { storedParts } from './stored-parts.ts';
import { findTransfers, type TransferRow } from './transfer-store.ts';

/** Signing asks nobody but, behind a role, for a session. */
const listMilliseconds = 15_000;

export const createGrantUploads = (deps: TransferDeps, grant: Grant): GrantUploads => {
  const at = { teamId: grant.teamId, grantId: grant.id };
  const find = async (id: TransferId): Promise<TransferRow> => {
    const row = (await findTransfers(deps.db, at, [id])).get(id);
    if (row === undefined) throw missingUpload();
    return row;
  };
  const renewPuts = (rows: readonly TransferRow[]): Promise<ReadonlySet<TransferId>> =>
    renewUrls(
      deps,
      grant,
      rows.filter(({ kind }) => kind === 'single'),
    );
  return {
    create: (files, signal) => createTickets(deps, grant, files, signal),

    list: async (query) => {
      const rows = await listOfGrant(deps.db, at, {
        before: cursorId(query, transferIdSchema),
        limit: query.limit + 1,
        state: query.state ?? null,
      });
      const page = toPage(
        rows,
        query.limit,
        ({ id }) => id,
        (row) => row,
      );
      const ground = await openGround(deps, grant);
      const signal = AbortSignal.timeout(listMilliseconds);
      const signable = await renewPuts(page.items);
      return { ...page, items: await showUploads(deps, ground, page.items, signable, signal) };
    },

    get: async (id, signal) => {
      const row = await find(id);
      const ground = await openGround(deps, grant);
      const signable = await renewPuts([row]);
      if (isLapsed(row, deps.clock.now()) && !signable.has(id) && row.kind === 'single') throw noRoom();
      const [upload] = await showUploads(deps, ground, [row], signable, signal);
      if (upload === undefined) throw missingUpload();
      return upload;
    },

    signParts: (id, parts, signal) => signParts(deps, grant, id, parts, signal),

    partsOf: async (id, signal) => storedParts(deps, grant, await find(id), signal),
    place: async () => {
      const { place } = await openGround(deps, grant);
      return { bucket: place.bucket };
    },

    complete: (uploads, signal) => completeBatch(deps, grant, uploads, signal),
    abort: (id, signal) => abortUpload(deps, { ...at, id }, signal),
  };
};
