import type { SendOutcome } from './judge-answer.ts';
import type { SendPart } from './send-part.ts';
import type { PartBody } from './upload-source.ts';
import type { SignedRequest } from './wire.ts';

/** The slowest line that is waited for where a sender does not tell how far it is. */
const slowestBytesPerMs = 16;
/** A bucket may take its time between the last byte and its answer. */
const answerPatience = 4;

interface Watch {
  stallMs: number;
  crc64nvme: boolean;
  signal: AbortSignal;
  onProgress(bytesSent: number): void;
}

/**
 * Sends a body and gives up when nothing has moved for `stallMs`.
 *
 * @throws the signal's reason when it is aborted; never for what the line or the bucket does
 */
export const sendWatched = async <Body extends PartBody>(
  send: SendPart<Body>,
  request: SignedRequest,
  body: Body,
  { stallMs, crc64nvme, signal, onProgress }: Watch,
): Promise<SendOutcome> => {
  signal.throwIfAborted();
  // One that both end, by hand: `AbortSignal.any` costs more than all else that is done here for a small file.
  const stop = new AbortController();
  const passOn = (): void => stop.abort(signal.reason);
  signal.addEventListener('abort', passOn, { once: true });
  let stalled = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const giveUpAfter = (milliseconds: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      stalled = true;
      stop.abort(new Error('Nothing has moved.'));
    }, milliseconds);
  };
  // Until a sender has told something, all may be sent that there is, and the bucket be about to answer.
  giveUpAfter(stallMs * answerPatience + body.size / slowestBytesPerMs);
  try {
    const answer = await send(request, body, {
      crc64nvme,
      signal: stop.signal,
      onProgress: (bytesSent) => {
        giveUpAfter(bytesSent >= body.size ? stallMs * answerPatience : stallMs);
        onProgress(bytesSent);
      },
    });
    return { kind: 'answer', answer };
  } catch (cause) {
    signal.throwIfAborted();
    return stalled ? { kind: 'stalled' } : { kind: 'network', cause };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', passOn);
  }
};
