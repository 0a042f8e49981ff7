import type { Engine } from './engine.ts';
import { crc64OfBody } from './crc-of-body.ts';
import { localFailure } from './failures.ts';
import { createPartDesk } from './part-desk.ts';
import { rangeOfPart } from './plan-parts.ts';
import { checkReadable } from './prepare-file.ts';
import { sendBody } from './send-body.ts';
import { RunStopped, type UploadRun } from './upload-run.ts';
import type { PartBody } from './upload-source.ts';
import type { PartDone, Upload } from './wire.ts';

const lastReportMs = 5000;

/** Thrown within: the bucket has ended the multipart upload, and the server knows how (or will, when asked). */
export class UploadGone extends Error {
  override readonly name = 'UploadGone';
}

/** What of a file has been sent: whole parts, and how far each other one is. */
const createPartProgress = (upload: Upload, tell: (bytesSent: number) => void) => {
  const bytesOf = (number: number): number => {
    const { start, end } = rangeOfPart(upload, number);
    return end - start;
  };
  let sum = upload.partsDone.reduce((total, number) => total + bytesOf(number), 0);
  const underWay = new Map<number, number>();
  tell(sum);
  return (number: number, bytesSent: number): void => {
    sum += bytesSent - (underWay.get(number) ?? 0);
    underWay.set(number, bytesSent);
    tell(sum);
  };
};

/**
 * Sends the parts that the bucket has not got, several at once.
 *
 * @returns parts that the server was not told of yet
 * @throws UploadFailure, UploadGone, or the reason of the run's signal
 */
export const sendParts = async <Body extends PartBody>(
  engine: Engine<Body>,
  run: UploadRun<Body>,
  upload: Upload,
): Promise<PartDone[]> => {
  const { source, rank } = run;
  const there = new Set(upload.partsDone);
  const parts = Array.from({ length: upload.partCount }, (_, at) => at + 1).filter(
    (number) => !there.has(number),
  );
  const failed = new AbortController();
  const signal = AbortSignal.any([run.signal, failed.signal]);
  const desk = createPartDesk({
    api: engine.api,
    id: upload.id,
    parts,
    partSize: upload.partSize,
    atOnce: engine.maxConcurrency,
    bytesPerSecond: engine.bytesPerSecond,
    patience: { attempts: engine.attempts, online: engine.online, signal },
  });
  const progress = createPartProgress(upload, run.onProgress);

  const sendOne = async (number: number): Promise<void> => {
    const { start, end } = rangeOfPart(upload, number);
    const body = source.slice(start, end);
    const sent = await sendBody(
      engine,
      {
        body,
        rank,
        crc64nvme: upload.wantsChecksum,
        request: (fresh) => desk.request(number, fresh),
        onProgress: (bytes) => progress(number, bytes),
        checkReadable: () => checkReadable(source, start),
      },
      signal,
    );
    if (sent.kind !== 'stored') throw new UploadGone('The bucket knows no such upload.');
    if (sent.etag === null) {
      throw localFailure(
        'corsHidesEtag',
        'The bucket has taken a part, but does not let this page see its ETag.',
      );
    }
    progress(number, body.size);
    const crc64nvme = sent.crc64nvme ?? (upload.wantsChecksum ? await crc64OfBody(body, signal) : undefined);
    desk.done({ number, etag: sent.etag, ...(crc64nvme === undefined ? {} : { crc64nvme }) });
  };

  const line = parts.values();
  const sendInTurn = async (): Promise<void> => {
    // One iterator for all who send: each takes what comes next.
    for (const number of line) await sendOne(number);
  };
  const senders = Array.from({ length: Math.min(engine.maxConcurrency, parts.length) }, sendInTurn);
  try {
    await Promise.all(senders);
    return await desk.takeUnreported();
  } catch (error) {
    failed.abort(error);
    await Promise.allSettled(senders);
    const { reason } = run.signal;
    if (!(reason instanceof RunStopped && reason.by === 'cancel'))
      await desk.reportNow(AbortSignal.timeout(lastReportMs));
    throw error;
  } finally {
    desk.close();
  }
};
