import { callAgain, type CallPatience } from './call-again.ts';
import type { UploadApi } from './upload-api.ts';
import type { PartDone, SignedRequest } from './wire.ts';

/** The contract: of each in one call. */
const mostPerCall = 1000;
/** A URL that is younger is used whatever the clock of this machine says about its expiry. */
const trustedMs = 60_000;
/** So much of its time has to be left for a URL to be used. */
const marginMs = 15_000;
/** URLs are asked for so far ahead: they run out after minutes. */
const aheadSeconds = 30;
const reportEveryMs = 1000;

interface DeskOptions {
  api: UploadApi;
  id: string;
  /** Numbers of the parts to send, in order. */
  parts: readonly number[];
  partSize: number;
  /** Requests at once: never fewer URLs are kept ready than that. */
  atOnce: number;
  bytesPerSecond(): number;
  patience: CallPatience;
}

/** Signed requests for the parts of one upload, just in time, and reports of those that are done, in the same calls. */
export interface PartDesk {
  /** @param fresh whether one that is at hand has been found to have run out */
  request(number: number, fresh: boolean): Promise<SignedRequest>;
  done(part: PartDone): void;
  /** What the server does not know yet; it is told with the completion. */
  takeUnreported(): Promise<PartDone[]>;
  /** Tells the server what is done, for whoever resumes; in vain where there is no network. */
  reportNow(signal: AbortSignal): Promise<void>;
  close(): void;
}

interface HeldRequest {
  request: SignedRequest;
  /** Of `performance.now()`, when it came. */
  at: number;
}

const isGood = ({ request, at }: HeldRequest): boolean =>
  performance.now() - at < trustedMs || Date.parse(request.expiresAt) - Date.now() > marginMs;

export const createPartDesk = ({
  api,
  id,
  parts,
  partSize,
  atOnce,
  bytesPerSecond,
  patience,
}: DeskOptions): PartDesk => {
  const signed = new Map<number, HeldRequest>();
  const wanted = new Set<number>();
  let unreported: PartDone[] = [];
  let nextAhead = 0;
  let underWay: Promise<void> | null = null;

  const call = async (): Promise<void> => {
    const sign = [...wanted].slice(0, mostPerCall);
    const done = unreported.slice(0, mostPerCall);
    const requests = await callAgain(() => api.parts(id, { done, sign }, patience.signal), patience);
    unreported = unreported.slice(done.length);
    for (const number of sign) wanted.delete(number);
    for (const { number, ...request } of requests) signed.set(number, { request, at: performance.now() });
  };

  const run = (): Promise<void> =>
    (underWay ??= call().finally(() => {
      underWay = null;
    }));

  /** Asks for URLs of the parts that come next, so that none waits for its own. */
  const lookAhead = (): void => {
    if (signed.size + wanted.size > atOnce) return;
    const soon = Math.ceil((bytesPerSecond() * aheadSeconds) / partSize);
    const until = nextAhead + Math.min(mostPerCall - atOnce, Math.max(2 * atOnce, soon));
    for (const number of parts.slice(nextAhead, until)) wanted.add(number);
    nextAhead = Math.min(until, parts.length);
  };

  const timer = setInterval(() => {
    // A report that fails stays unreported and goes with the next call.
    if (unreported.length > 0) void run().catch(() => undefined);
  }, reportEveryMs);

  return {
    async request(number, fresh) {
      if (fresh) signed.delete(number);
      for (;;) {
        const held = signed.get(number);
        signed.delete(number);
        if (held !== undefined && isGood(held)) {
          lookAhead();
          // Those that come next are asked for beside the sending; who needs one hears of a failure there.
          if (wanted.size > 0) void run().catch(() => undefined);
          return held.request;
        }
        lookAhead();
        wanted.add(number);
        await run();
      }
    },
    done(part) {
      unreported.push(part);
    },
    async takeUnreported() {
      await underWay?.catch(() => undefined);
      while (unreported.length > mostPerCall) await run();
      return unreported;
    },
    async reportNow(signal) {
      await underWay?.catch(() => undefined);
      const done = unreported.slice(0, mostPerCall);
      if (done.length > 0) await api.parts(id, { done, sign: [] }, signal).catch(() => undefined);
    },
    close() {
      clearInterval(timer);
    },
  };
};
