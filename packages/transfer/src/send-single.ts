import type { Engine } from './engine.ts';
import { localFailure, objectExists } from './failures.ts';
import { callAgain } from './call-again.ts';
import { checkReadable } from './prepare-file.ts';
import { sendBody } from './send-body.ts';
import type { UploadRun } from './upload-run.ts';
import type { PartBody } from './upload-source.ts';
import type { SignedRequest, Upload } from './wire.ts';

/** A URL that was asked for longer ago is looked at before it is used. */
const marginMs = 15_000;

/**
 * Sends a file in one PUT.
 *
 * @param resumed whether an earlier run may have sent it
 * @returns `exists` where the bucket has an object that may be this file, of a PUT whose answer was lost or of a page that
 * was closed: only the server can find out. An ETag of null is one that the page may not see.
 * @throws UploadFailure, `objectExists` for one that cannot be this file; the reason of the run's signal
 */
export const sendSingle = async <Body extends PartBody>(
  engine: Engine<Body>,
  run: UploadRun<Body>,
  upload: Upload,
  resumed: boolean,
): Promise<{ exists: boolean; etag: string | null }> => {
  const { source, signal } = run;
  const askAgain = async (): Promise<SignedRequest> => {
    const { put } = await callAgain(() => engine.api.get(upload.id, signal), { ...engine, signal });
    if (put === null) throw localFailure('unexpected', 'The upload has no address to send to any more.');
    return put;
  };
  let put = upload.put;
  const givenAt = performance.now();
  const request = async (fresh: boolean): Promise<SignedRequest> => {
    const old = performance.now() - givenAt > 4 * marginMs;
    if (put === null || fresh || (old && Date.parse(put.expiresAt) - Date.now() < marginMs))
      put = await askAgain();
    return put;
  };
  const sent = await sendBody(
    engine,
    {
      body: source.slice(0, source.size),
      rank: run.rank,
      crc64nvme: false,
      request,
      onProgress: run.onProgress,
      checkReadable: () => checkReadable(source, 0),
    },
    signal,
  );
  if (sent.kind === 'gone') throw localFailure('bucketRefused', 'The bucket has no such place to store it.');
  if (sent.kind === 'stored') return { exists: false, etag: sent.etag };
  if (sent.answerLost || resumed) return { exists: true, etag: null };
  throw objectExists(upload.key);
};
