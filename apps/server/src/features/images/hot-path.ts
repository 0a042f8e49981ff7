import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequestIds, requestIdOf } from '../../platform/http/request-id.ts';
import type { RecordUsage } from '../sources/index.ts';
import { etagMatches } from './conditions.ts';
import type { HeaderPairs } from './delivery-headers.ts';
import type { HotAnswer } from './hot-answer.ts';
import type { HotAnswers } from './hot-answers.ts';
import type { ImagesObserver } from './observer.ts';

export interface HotPath extends Disposable {
  /** Answers at once where a hot answer is all that is needed; false: somebody else must. */
  tryAnswer(request: IncomingMessage, response: ServerResponse): boolean;
  nameOf(request: IncomingMessage): string;
}

export interface HotPathDeps {
  answers: HotAnswers;
  now(): number;
  observer: ImagesObserver;
  recordUsage: RecordUsage;
  /** Answers of one picture that nobody has heard of yet. */
  onServed(key: string, count: number): void;
}

const flushMilliseconds = 1000;

/**
 * The shortest way to an answer: one look into a map, one `writeHead` of headers that stand ready, and counts that are
 * told once a second. Nothing here waits, and nothing is made anew but the request's id.
 */
export const createHotPath = ({ answers, now, observer, recordUsage, onServed }: HotPathDeps): HotPath => {
  const newId = createRequestIds();
  let counted: HotAnswer[] = [];
  let okSeconds = 0;
  let notModifiedSeconds = 0;

  const flush = (): void => {
    const totals = { ok: 0, okBytes: 0, notModified: 0 };
    for (const answer of counted) {
      const { served, notModified, source, whole, key } = answer;
      const bytesOut = served * (whole?.body.byteLength ?? 0);
      totals.ok += served;
      totals.okBytes += bytesOut;
      totals.notModified += notModified;
      const requests = served + notModified;
      recordUsage(source, { requests, memoryHits: served, notModified, bytesOut });
      onServed(key, requests);
      answer.served = 0;
      answer.notModified = 0;
    }
    counted = [];
    const common = { method: 'GET', from: 'hot' } as const;
    const { ok, okBytes, notModified } = totals;
    if (ok > 0) observer.answered({ ...common, status: 200, count: ok, seconds: okSeconds, bytes: okBytes });
    if (notModified > 0) {
      observer.answered({
        ...common,
        status: 304,
        count: notModified,
        seconds: notModifiedSeconds,
        bytes: 0,
      });
    }
    okSeconds = 0;
    notModifiedSeconds = 0;
  };
  const flushing = setInterval(() => {
    flush();
    answers.sweep(now());
  }, flushMilliseconds).unref();

  const nameOf = ({ url = '', headers }: IncomingMessage): string =>
    answers.nameOf(url, headers.host, headers.accept, headers['save-data'] === 'on');

  /** The headers are written out before anybody else can name them, so that one array serves all requests. */
  const named = (pairs: HeaderPairs, request: IncomingMessage): HeaderPairs => {
    pairs[pairs.length - 1] = requestIdOf(request, newId);
    return pairs;
  };

  return {
    nameOf,
    tryAnswer: (request, response) => {
      const { method, headers } = request;
      const ifNoneMatch = headers['if-none-match'];
      const plain =
        method === 'GET' &&
        headers.range === undefined &&
        (ifNoneMatch !== undefined || headers['if-modified-since'] === undefined);
      if (!plain) return false;
      const answer = answers.get(nameOf(request), now());
      if (answer === undefined) return false;

      const started = performance.now();
      const same =
        ifNoneMatch !== undefined && (ifNoneMatch === answer.etag || etagMatches(ifNoneMatch, answer.etag));
      const { whole } = answer;
      if (!same && whole === null) return false;
      if (answer.served === 0 && answer.notModified === 0) counted.push(answer);
      if (same || whole === null) {
        answer.notModified += 1;
        response.writeHead(304, named(answer.notModifiedHeaders, request)).end();
        notModifiedSeconds += (performance.now() - started) / 1000;
      } else {
        answer.served += 1;
        response.writeHead(200, named(whole.headers, request)).end(whole.body);
        okSeconds += (performance.now() - started) / 1000;
      }
      return true;
    },
    [Symbol.dispose]: () => {
      clearInterval(flushing);
      flush();
    },
  };
};
