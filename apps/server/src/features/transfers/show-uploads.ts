import type { TransferId, Upload } from '@windlass/contract';
import type { TransferDeps } from './deps.ts';
import type { UploadGround } from './open-ground.ts';
import { listPartNumbers } from './part-store.ts';
import { presentUpload } from './presenter.ts';
import type { TransferRow } from './transfer-store.ts';
import { secondsOfPut } from './url-times.ts';

/**
 * Uploads as their sender sees them: with the PUT of those that go in one, and the parts of the others.
 *
 * @param signable for which a PUT may be signed: it was written down until when
 */
export const showUploads = async (
  { db, clock }: Pick<TransferDeps, 'db' | 'clock'>,
  { bucket, place, profile }: UploadGround,
  rows: readonly TransferRow[],
  signable: ReadonlySet<TransferId>,
  signal: AbortSignal,
): Promise<Upload[]> => {
  const inParts = rows.filter(({ kind }) => kind === 'multipart');
  const numbers = await listPartNumbers(
    db,
    inParts.filter(({ state }) => state === 'open' || state === 'completing').map(({ id }) => id),
  );
  const now = clock.now();
  return Promise.all(
    rows.map(async (row) => {
      const mayPut =
        row.kind === 'single' && row.state === 'open' && row.expiresAt > now && signable.has(row.id);
      const put =
        mayPut && row.keyPrefix === place.prefix
          ? await bucket.uploads.signPut(row.key, {
              size: Number(row.size),
              contentType: row.type,
              checksum:
                row.checksumAlgorithm === null || row.checksumValue === null
                  ? null
                  : { algorithm: row.checksumAlgorithm, value: row.checksumValue },
              expiresInSeconds: secondsOfPut(row.expiresAt, now),
              signal,
            })
          : null;
      return presentUpload(row, {
        put,
        partsDone: partsDoneOf(row, numbers.get(row.id) ?? []),
        wantsChecksum: wantsChecksum(row, profile),
      });
    }),
  );
};

/** Reports are kept until the upload ends. */
export const partsDoneOf = (row: TransferRow, reported: number[]): number[] =>
  row.kind === 'multipart' && row.state === 'received'
    ? Array.from({ length: row.partCount }, (_, at) => at + 1)
    : reported;

export const wantsChecksum = (
  { kind }: Pick<TransferRow, 'kind'>,
  { completeChecksum }: Pick<UploadGround['profile'], 'completeChecksum'>,
): boolean => kind === 'multipart' && completeChecksum;
