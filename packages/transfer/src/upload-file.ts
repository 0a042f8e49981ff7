import { callAgain } from './call-again.ts';
import type { Engine } from './engine.ts';
import { localFailure, objectExists, UploadFailure } from './failures.ts';
import { stepAfterRefusal } from './judge-refusal.ts';
import { prepareFile } from './prepare-file.ts';
import { backOffMs } from './back-off.ts';
import { sendParts, UploadGone } from './send-parts.ts';
import { sendSingle } from './send-single.ts';
import { sleep } from './sleep.ts';
import type { UploadRun } from './upload-run.ts';
import type { PartBody } from './upload-source.ts';
import type { CompletedUpload, FileToUpload, Refusal, Upload, UploadReceipt } from './wire.ts';

/** Times that a file may begin anew (its upload ended, its parts got lost, another write came between). */
const mostRounds = 6;

const hasEnded = ({ state }: Upload): boolean =>
  state === 'aborted' || state === 'expired' || state === 'missing';

type Prepared = FileToUpload & { retryKey: string };

/** Uploads of one file in one grant that have come to their end. */
const mostLives = 50;

/** The upload of an earlier run, where the server still has it. */
const findKnown = async <Body extends PartBody>(
  engine: Engine<Body>,
  { signal, uploadId }: UploadRun<Body>,
  file: Prepared,
): Promise<Upload | null> => {
  const known = uploadId ?? (await engine.journal?.find(file.retryKey)) ?? null;
  if (known === null) return null;
  const upload = await callAgain(() => engine.api.get(known, signal), { ...engine, signal }).catch(
    (error: unknown) => {
      if (error instanceof UploadFailure && error.refusal.code === 'notFound') return null;
      throw error;
    },
  );
  return upload === null || hasEnded(upload) || upload.size !== file.size ? null : upload;
};

/**
 * A new upload, or the one that a page without a journal has begun. One that has come to its end is of another life of this
 * file, and is not used again.
 */
const begin = async <Body extends PartBody>(engine: Engine<Body>, file: Prepared): Promise<Upload> => {
  for (let life = 1; life <= mostLives; life += 1) {
    const retryKey = life === 1 ? file.retryKey : `${file.retryKey}-${life}`;
    const { upload, refusal } = await engine.ticket({ ...file, retryKey });
    if (upload === null) throw new UploadFailure(refusal);
    if (!hasEnded(upload) && (upload.receipt === null || engine.received === 'take')) return upload;
  }
  throw localFailure('unexpected', 'This file was uploaded too often with one grant.');
};

const findOrBegin = async <Body extends PartBody>(
  engine: Engine<Body>,
  run: UploadRun<Body>,
  file: Prepared,
): Promise<{ upload: Upload; resumed: boolean }> => {
  const known = await findKnown(engine, run, file);
  const upload = known ?? (await begin(engine, file));
  run.onUpload(upload);
  if (known === null) await engine.journal?.keep(file.retryKey, upload.id);
  // Without a journal nobody knows.
  return { upload, resumed: known !== null || engine.journal === null };
};

/** What the server is told to complete with, and whether an object of that name was met. */
interface Sent {
  completion: CompletedUpload;
  exists: boolean;
}

const sendBytes = async <Body extends PartBody>(
  engine: Engine<Body>,
  run: UploadRun<Body>,
  { checksum }: Prepared,
  { upload, resumed }: { upload: Upload; resumed: boolean },
): Promise<Sent> => {
  const { id } = upload;
  if (upload.state === 'completing') return { completion: { id, done: [] }, exists: false };
  run.onStage('sending');
  if (upload.kind === 'multipart') {
    return { completion: { id, done: await sendParts(engine, run, upload) }, exists: false };
  }
  const { exists, etag } = await sendSingle(engine, run, upload, resumed);
  const completion = { id, done: [], etag: etag ?? undefined, checksum };
  return { completion, exists };
};

/** An upload in one PUT that the server cannot take for complete, because the ETag of the PUT is not known. */
const withoutEtag = (exists: boolean, { key }: Upload): UploadFailure =>
  exists
    ? objectExists(key)
    : localFailure('corsHidesEtag', 'The bucket has answered, but it does not let this page see the ETag.');

/**
 * Brings one file into the bucket: looks at it, asks for its upload, sends what is missing, has it completed; and again
 * where the server or the bucket says that something got lost.
 *
 * @throws UploadFailure, or the reason of the run's signal
 */
export const uploadFile = async <Body extends PartBody>(
  engine: Engine<Body>,
  run: UploadRun<Body>,
): Promise<UploadReceipt> => {
  const { signal } = run;
  const file = await engine.preparing(run.rank, signal, () =>
    prepareFile(run.source, run.occurrence, engine.readSmall),
  );
  run.onPrepared(file);
  let { uploadId } = run;
  let last: Refusal | null = null;
  for (let round = 1; round <= mostRounds; round += 1) {
    signal.throwIfAborted();
    const found = await findOrBegin(engine, { ...run, uploadId }, file);
    const { upload } = found;
    uploadId = upload.id;
    let { receipt } = upload;
    if (receipt === null) {
      signal.throwIfAborted();
      const sent = await sendBytes(engine, run, file, found).catch((error: unknown) => {
        if (error instanceof UploadGone) return null;
        throw error;
      });
      if (sent !== null) {
        run.onStage('completing');
        const answer = await engine.complete(sent.completion);
        ({ receipt } = answer);
        last = answer.refusal;
        const step = last === null ? null : stepAfterRefusal(last.code);
        if (last !== null && step === 'fail') throw new UploadFailure(last);
        const etagIsMissing = upload.kind === 'single' && sent.completion.etag === undefined;
        if (step === 'reread' && etagIsMissing) throw withoutEtag(sent.exists, upload);
        if (step === 'renew') uploadId = null;
      }
    }
    if (receipt !== null) {
      await engine.journal?.forget(file.retryKey);
      return receipt;
    }
    if (uploadId === null) await engine.journal?.forget(file.retryKey);
    await sleep(backOffMs(round, null), signal);
  }
  throw last === null
    ? localFailure('unexpected', 'The bucket lost the upload again and again.')
    : new UploadFailure(last);
};
