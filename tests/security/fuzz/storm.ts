import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import type { RawAnswer, RawRequest } from '../../support/raw-request.ts';

/** Resident bytes of the server's own process, the least of a few looks so that garbage does not count. */
export const residentBytes = async (serverUrl: string): Promise<number> => {
  const looks: number[] = [];
  for (let look = 0; look < 5; look += 1) {
    const metrics = await (await fetch(new URL('/metrics', serverUrl))).text();
    looks.push(Number(/^process_resident_memory_bytes ([\d.e+]+)$/m.exec(metrics)?.[1]));
    await sleep(300);
  }
  return Math.min(...looks);
};

export interface Storm<Request extends RawRequest> {
  requests: fc.Arbitrary<Request>;
  count: number;
  /** The same seed makes the same requests. */
  seed: number;
  /** Requests on their way at once. */
  inFlight?: number;
  send(request: Request): Promise<RawAnswer>;
  /** Statuses from 500 that are an answer and no fault. Default: none. */
  tolerated?: readonly number[];
  /** Looks at every answer; what it throws ends the storm, with the request beside it. */
  inspect?(request: Request, answer: RawAnswer): void;
}

/** Requests that are made together: a soak would not fit into memory at once. */
const batchSize = 1000;

function* samples<Request extends RawRequest>({ requests, count, seed }: Storm<Request>): Generator<Request> {
  for (let made = 0; made < count; made += batchSize) {
    // A seed for each batch, and no two storms of neighbouring seeds share one.
    yield* fc.sample(requests, { numRuns: Math.min(batchSize, count - made), seed: seed * 10_007 + made });
  }
}

const described = (request: RawRequest, { status, bytes }: RawAnswer): string =>
  `${status} for ${JSON.stringify(request).slice(0, 4000)}: ${bytes.toString('utf8').slice(0, 500)}`;

/**
 * Sends a fixed sample of what the generator makes, several at a time; answers how often each status came.
 *
 * @throws Error with the request, at the first answer from 500 that is not tolerated
 */
export const storm = async <Request extends RawRequest>(
  options: Storm<Request>,
): Promise<Map<number, number>> => {
  const { inFlight = 8, send, tolerated = [], inspect } = options;
  const statuses = new Map<number, number>();
  const requests = samples(options);
  const sendAll = async () => {
    // One iterator for all of them: whoever is free takes the next.
    for (let next = requests.next(); next.done !== true; next = requests.next()) {
      const answer = await send(next.value);
      const { status } = answer;
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status >= 500 && !tolerated.includes(status)) throw new Error(described(next.value, answer));
      try {
        inspect?.(next.value, answer);
      } catch (error) {
        throw new Error(described(next.value, answer), { cause: error });
      }
    }
  };
  await Promise.all(Array.from({ length: inFlight }, sendAll));
  return statuses;
};
