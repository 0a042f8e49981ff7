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
import { missingUpload } from './refusals.ts';
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
      return { ...page, items: await showUploads(deps, ground, page.items, signal) };
    },

    get: async (id, signal) => {
      const row = await find(id);
      const [upload] = await showUploads(deps, await openGround(deps, grant), [row], signal);
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
