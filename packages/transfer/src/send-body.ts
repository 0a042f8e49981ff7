import { backOffMs } from './back-off.ts';
import type { Engine } from './engine.ts';
import { localFailure, type UploadFailure } from './failures.ts';
import { errorInBody, judgeOutcome, type SendOutcome } from './judge-answer.ts';
import { waitForNetwork } from './online.ts';
import { sendWatched } from './send-watched.ts';
import { sleep } from './sleep.ts';
import type { PartBody } from './upload-source.ts';
import type { SignedRequest } from './wire.ts';

/** One body on its way: a whole small file, or a part. */
export interface BodyToSend<Body extends PartBody> {
  body: Body;
  /** Of its file; lower goes first. */
  rank: number;
  crc64nvme: boolean;
  /** @param fresh whether the last one has run out */
  request(fresh: boolean): Promise<SignedRequest>;
  onProgress(bytesSent: number): void;
  /** Rejects with an `UploadFailure` when the body cannot be read any more. */
  checkReadable(): Promise<void>;
}

/**
 * `stored`: the bucket has taken it. `exists`: it has an object of this name; where an earlier answer was lost, it may be this
 * one. `gone`: it does not know the multipart upload.
 */
export type SentBody =
  | { kind: 'stored'; etag: string | null; crc64nvme: string | undefined }
  | { kind: 'exists'; answerLost: boolean }
  | { kind: 'gone' };

/** New URLs in a row that a bucket may call expired: clocks that differ cannot be mended by another. */
const mostSignings = 3;
/** A page that a CORS rule keeps out never gets through; it is told sooner. */
const attemptsBeforeFirstAnswer = 4;

const failureOf = (outcome: SendOutcome, bucketReached: boolean): UploadFailure => {
  if (outcome.kind === 'answer') {
    const { status, bodyText } = outcome.answer;
    const { code, message } = errorInBody(bodyText);
    const said = [code ?? `status ${status}`, message].filter((text) => text !== null).join(': ');
    return status >= 500 || status === 429
      ? localFailure('bucketUnavailable', `The bucket could not take it (${said}).`)
      : localFailure('bucketRefused', `The bucket refused it (${said}).`);
  }
  if (outcome.kind === 'stalled') return localFailure('network', 'Nothing has moved for too long.');
  if (bucketReached)
    return localFailure('network', 'The line to the bucket broke.', { cause: outcome.cause });
  return localFailure('network', 'The bucket could not be reached.', {
    cause: outcome.cause,
    next: 'Check the network. In a browser also the CORS rule of the bucket: it has to allow PUT from the address of this page.',
  });
};

/**
 * Sends a body until the bucket has it, with a new URL where one has run out.
 *
 * @throws UploadFailure when it cannot be sent; the signal's reason when it is aborted
 */
export const sendBody = async <Body extends PartBody>(
  engine: Engine<Body>,
  { body, rank, crc64nvme, request, onProgress, checkReadable }: BodyToSend<Body>,
  signal: AbortSignal,
): Promise<SentBody> => {
  let signings = 0;
  let fresh = false;
  let answerLost = false;
  for (let tries = 1; ;) {
    await waitForNetwork(engine.online, signal);
    const leave = await engine.slots.take(rank, signal);
    let outcome: SendOutcome;
    let pastExpiry: boolean;
    try {
      const signed = await request(fresh);
      const { stallMs } = engine;
      outcome = await sendWatched(engine.send, signed, body, { stallMs, crc64nvme, signal, onProgress });
      pastExpiry = Date.parse(signed.expiresAt) < Date.now();
    } finally {
      leave();
    }
    const verdict = judgeOutcome(outcome, pastExpiry);
    if (outcome.kind === 'answer') engine.reached.bucket = true;
    if (verdict === 'accept' && outcome.kind === 'answer') {
      engine.control.succeeded(body.size, performance.now());
      return { kind: 'stored', etag: outcome.answer.etag, crc64nvme: outcome.answer.crc64nvme };
    }
    onProgress(0);
    if (verdict === 'exists') return { kind: 'exists', answerLost };
    if (verdict === 'gone') return { kind: 'gone' };
    answerLost ||= outcome.kind !== 'answer' || outcome.answer.status >= 500;
    fresh = verdict === 'sign';
    if (fresh && signings < mostSignings) {
      signings += 1;
      continue;
    }
    const attempts = engine.reached.bucket
      ? engine.attempts
      : Math.min(engine.attempts, attemptsBeforeFirstAnswer);
    if (outcome.kind !== 'answer') await checkReadable();
    const offline = !engine.online.isOnline();
    if (verdict !== 'retry' || (tries >= attempts && !offline))
      throw failureOf(outcome, engine.reached.bucket);
    engine.control.failed(performance.now());
    await sleep(backOffMs(tries, outcome.kind === 'answer' ? outcome.answer.retryAfterMs : null), signal);
    if (!offline) tries += 1;
  }
};
