import { setTimeout as delay } from 'node:timers/promises';
import type { RawAnswer } from '../../support/raw-request.ts';

/** Somebody who asks for small pictures meanwhile, one after another, each another one. */
export interface Neighbour extends AsyncDisposable {
  /** Of every answer so far. */
  readonly statuses: readonly number[];
  readonly slowestMilliseconds: number;
}

const pauseMilliseconds = 40;

/** @example await using neighbour = askAllTheWhile((number) => open(`small/a.png?width=${20 + number}`)); */
export const askAllTheWhile = (ask: (number: number) => Promise<RawAnswer>): Neighbour => {
  const statuses: number[] = [];
  const ended = new AbortController();
  let slowestMilliseconds = 0;
  const walk = async (): Promise<void> => {
    for (let number = 0; !ended.signal.aborted; number += 1) {
      const before = performance.now();
      const { status } = await ask(number);
      slowestMilliseconds = Math.max(slowestMilliseconds, performance.now() - before);
      statuses.push(status);
      await delay(pauseMilliseconds);
    }
  };
  const walking = walk();
  return {
    statuses,
    get slowestMilliseconds() {
      return slowestMilliseconds;
    },
    [Symbol.asyncDispose]: async () => {
      ended.abort();
      await walking;
    },
  };
};
