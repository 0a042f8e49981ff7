import type { createUploads, OperationResult } from '@windlass/contract';
import type { TransferDeps } from './deps.ts';
import { findOccupied } from './find-occupied.ts';
import type { Grant } from './grant.ts';
import type { WantedFile } from './grant-uploads.ts';
import { openGround } from './open-ground.ts';
import { planTickets } from './plan-tickets.ts';
import { showUploads } from './show-uploads.ts';
import { writeTickets } from './write-tickets.ts';

/**
 * Tickets for a batch of files. The ledger has a row before the bucket hears of anything; of files that go in one PUT the
 * bucket is not asked at all, and of the others only whether the name is free. Their uploads are begun with their first part.
 */
export const createTickets = async (
  deps: TransferDeps,
  grant: Grant,
  files: readonly WantedFile[],
  signal: AbortSignal,
): Promise<OperationResult<typeof createUploads>['results']> => {
  const ground = await openGround(deps, grant);
  const { wishes, refusals } = planTickets(files, grant, {
    place: ground.place,
    limits: ground.profile.parts,
  });
  const occupied = await findOccupied({ db: deps.db, ...ground }, grant, wishes, signal);
  const tickets = await writeTickets(deps, grant, wishes, { ...ground, occupied });
  const rows = [...tickets.rows];
  const shown = await showUploads(
    deps,
    ground,
    rows.map(([, row]) => row),
    new Set(rows.map(([, { id }]) => id)),
    signal,
  );
  const uploads = new Map(rows.map(([index], at) => [index, shown[at]]));
  return files.map((_, index) => ({
    upload: uploads.get(index) ?? null,
    refusal: tickets.refusals.get(index) ?? refusals.get(index) ?? null,
  }));
};
