import type { Refusal } from '@windlass/contract';
import { newId } from '../../kernel/new-id.ts';
import type { Database } from '../../platform/db/index.ts';
import { refuseTakenKeys, renameTakenKeys } from './choose-keys.ts';
import type { TransferDeps } from './deps.ts';
import type { Grant } from './grant.ts';
import { countInGrant, lockGrant } from './grant-store.ts';
import { requireGood } from './grant-validity.ts';
import { objectionToCount, type Count } from './judge-file.ts';
import type { UploadGround } from './open-ground.ts';
import type { Wish } from './plan-tickets.ts';
import { noRoom, refusalOf, refusalOfError } from './refusals.ts';
import { renewUrlsIn } from './renew-urls.ts';
import { insertTransfers, type NewTransfer } from './ticket-store.ts';
import { findByRetryKeys, type TransferAt, type TransferRow } from './transfer-store.ts';
import { uploadExpiry, urlEnd } from './url-times.ts';

/** What became of a call's files, by their place in it. */
export interface Tickets {
  rows: Map<number, TransferRow>;
  refusals: Map<number, Refusal>;
}

/** Somebody else may take a name between the look and the write; after so many turns it is told as it is. */
const turns = 3;

/**
 * Writes the ledger's rows for files that may come, in one transaction that holds the grant: limits are counted where nobody
 * else counts, and a file that was asked for before with its mark gets the row that it has.
 */
export const writeTickets = (
  deps: Pick<TransferDeps, 'db' | 'clock' | 'limitsNow'>,
  grant: Grant,
  wishes: readonly Wish[],
  ground: Pick<UploadGround, 'place' | 'profile'> & { occupied: ReadonlySet<string> },
): Promise<Tickets> =>
  deps.db.transaction().execute(async (trx) => {
    const now = deps.clock.now();
    const at = { teamId: grant.teamId, grantId: grant.id };
    const held = requireGood(await lockGrant(trx, grant.teamId, grant.id), now);
    const tickets: Tickets = { rows: new Map(), refusals: new Map() };
    let waiting = await takeKnown(trx, at, wishes, tickets);
    await renewKnown(deps, trx, held, tickets);
    const limits = (await deps.limitsNow?.[held.holder.kind]?.(trx, held)) ?? held.limits;
    const locked = { ...held, limits };
    const count: Count = { files: locked.files, bytes: locked.bytes };
    for (let turn = 1; waiting.length > 0; turn += 1) {
      const rows = await chooseRows(trx, locked, waiting, { ...ground, now, count }, tickets);
      const written = await insertTransfers(
        trx,
        rows.map(({ row }) => row),
      );
      const lost: Wish[] = [];
      for (const { wish, row } of rows) {
        const ticket = written.get(row.id);
        if (ticket === undefined) lost.push(wish);
        else tickets.rows.set(wish.index, ticket);
      }
      count.files -= lost.length;
      for (const { file } of lost) count.bytes -= file.size;
      waiting = turn < turns ? lost : [];
      if (turn === turns) for (const wish of lost) tickets.refusals.set(wish.index, outrun(wish));
    }
    await countInGrant(trx, grant.teamId, grant.id, {
      files: count.files - locked.files,
      bytes: count.bytes - locked.bytes,
    });
    return tickets;
  });

const outrun = ({ key }: Wish): Refusal =>
  refusalOf({ code: 'objectExists', detail: `${key}: another upload of this name is under way.` });

/** Answers those that were asked for before. @returns the others; of several with one mark, the first */
const takeKnown = async (
  trx: Database,
  at: TransferAt,
  wishes: readonly Wish[],
  tickets: Tickets,
): Promise<Wish[]> => {
  const marks = wishes.flatMap(({ file }) => (file.retryKey === undefined ? [] : [file.retryKey]));
  const known = new Map((await findByRetryKeys(trx, at, marks)).map((row) => [row.retryKey, row]));
  const seen = new Set<string>();
  return wishes.filter(({ index, file }) => {
    if (file.retryKey === undefined) return true;
    const row = known.get(file.retryKey);
    const isSame = row?.name === file.name && Number(row.size) === file.size && row.type === file.type;
    if (row !== undefined && isSame) tickets.rows.set(index, row);
    else if (row !== undefined || seen.has(file.retryKey)) tickets.refusals.set(index, markOfAnother);
    const isNew = row === undefined && !seen.has(file.retryKey);
    seen.add(file.retryKey);
    return isNew;
  });
};

/** Those that go in one PUT are answered with its URL. */
const renewKnown = async (
  deps: Pick<TransferDeps, 'clock' | 'limitsNow'>,
  trx: Database,
  held: Grant,
  { rows, refusals }: Tickets,
): Promise<void> => {
  const puts = [...rows].filter(([, { kind, state }]) => kind === 'single' && state === 'open');
  const renewed = await renewUrlsIn(
    deps,
    trx,
    held,
    puts.map(([, row]) => row),
  );
  for (const [index, { id }] of puts) {
    if (renewed.has(id)) continue;
    rows.delete(index);
    refusals.set(index, refusalOfError(noRoom()));
  }
};

const markOfAnother = refusalOf({
  code: 'idempotencyConflict',
  detail: 'The retryKey belongs to another file of this grant.',
});

/** Keys and limits; what fits is counted. */
const chooseRows = async (
  trx: Database,
  grant: Grant,
  wishes: readonly Wish[],
  ground: Pick<UploadGround, 'place' | 'profile'> & {
    occupied: ReadonlySet<string>;
    now: Date;
    count: Count;
  },
  tickets: Tickets,
): Promise<{ wish: Wish; row: NewTransfer }[]> => {
  const { place, profile, occupied, now, count } = ground;
  const choose = grant.onConflict === 'rename' ? renameTakenKeys : refuseTakenKeys;
  const { connectionId, limits } = grant;
  const { chosen, refusals } = await choose(trx, wishes, {
    teamId: grant.teamId,
    grantId: grant.id,
    connectionId,
    connectionPrefix: place.prefix,
    occupied,
  });
  for (const [index, refusal] of refusals) tickets.refusals.set(index, refusal);
  return chosen.flatMap(({ wish, key }) => {
    const { file, plan, index } = wish;
    const objection = objectionToCount(count, file.size, limits);
    if (objection !== null) {
      tickets.refusals.set(index, refusalOf(objection));
      return [];
    }
    count.files += 1;
    count.bytes += file.size;
    // Of several parts it is known only when they are.
    const checksum = plan.kind === 'single' ? file.checksum : undefined;
    const expiresAt = uploadExpiry(grant.expiresAt, now);
    const row: NewTransfer = {
      id: newId('trf'),
      teamId: grant.teamId,
      grantId: grant.id,
      connectionId,
      keyPrefix: place.prefix,
      key,
      name: file.name,
      size: file.size,
      type: file.type,
      kind: plan.kind,
      state: 'open',
      partSize: plan.partSize,
      partCount: plan.partCount,
      uploadId: null,
      uploadBegunAt: null,
      retryKey: file.retryKey ?? null,
      checksumAlgorithm: checksum?.algorithm ?? null,
      checksumValue: checksum?.value ?? null,
      checksumBy:
        checksum === undefined
          ? null
          : profile.putChecksums.includes(checksum.algorithm)
            ? 'bucket'
            : 'sender',
      etag: null,
      proof: null,
      createdAt: now,
      expiresAt,
      urlsUntil: urlEnd(expiresAt, now),
      receivedAt: null,
      reconcileAt: null,
    };
    return [{ wish, row }];
  });
};
