import type { TeamId } from '@windlass/contract';
import { AppError } from '../../../kernel/app-error.ts';
import {
  cappedBody,
  describeTrouble,
  tooLarge,
  type GuardedAnswer,
  type GuardedFetch,
} from '../../../platform/net/index.ts';
import type { Origin, OriginFacts } from '../origin.ts';
import { webAddress } from './web-address.ts';

interface Patience {
  /** Until the headers are there, redirects included. */
  answerMilliseconds: number;
  /** Until the last byte: a large original over a slow line. */
  wholeMilliseconds: number;
}
const usualPatience: Patience = { answerMilliseconds: 15_000, wholeMilliseconds: 60_000 };

/** To the world a picture that its server does not show is no picture; why, is in the log. */
const notThere: ReadonlySet<number> = new Set([401, 403, 404, 410, 451]);
const noHead: ReadonlySet<number> = new Set([405, 501]);

/** Equal for equal folders of a team. */
export const webOriginId = (teamId: TeamId, baseUrl: string): string => `web ${teamId} ${baseUrl}`;

/** Originals in a folder on the web, read without credentials and without cookies. */
export const createWebOrigin = ({
  fetch,
  teamId,
  baseUrl,
  prefix,
  cdnLoop,
  patience = usualPatience,
}: {
  fetch: Pick<GuardedFetch, 'send'>;
  teamId: TeamId;
  baseUrl: string;
  /** Of the source; keys begin with it. */
  prefix: string;
  /** Our name in `CDN-Loop`. */
  cdnLoop: string;
  patience?: Patience;
}): Origin => {
  const ask = (
    method: 'GET' | 'HEAD',
    key: string,
    signal: AbortSignal,
    conditions: Record<string, string> = {},
  ): Promise<Asked> =>
    askWeb(fetch, webAddress(baseUrl, prefix, key), {
      patience,
      method,
      signal,
      headers: { ...headers(cdnLoop), ...conditions },
    });

  return {
    id: webOriginId(teamId, baseUrl),

    open: async (key, { signal, maxBytes, ifChanged }) => {
      const { answer, bounded, translate } = await ask('GET', key, signal, conditionsOf(ifChanged));
      try {
        if (answer.status === 304 && ifChanged !== undefined) {
          answer.body.destroy();
          return null;
        }
        requireWhole(answer);
        const facts = factsOf(answer);
        if (facts.size !== null && facts.size > maxBytes) throw tooLarge(maxBytes);
        return { ...facts, body: cappedBody(answer.body, { maxBytes, signal: bounded, translate }) };
      } catch (error) {
        answer.body.destroy();
        throw error;
      }
    },

    head: async (key, { signal }) => {
      let { answer } = await ask('HEAD', key, signal);
      answer.body.destroy();
      // Some servers know no HEAD. Of the answer to a GET the headers are enough.
      if (noHead.has(answer.status)) {
        ({ answer } = await ask('GET', key, signal));
        answer.body.destroy();
      }
      requireWhole(answer);
      return factsOf(answer);
    },
  };
};

const headers = (cdnLoop: string): Record<string, string> => ({
  'user-agent': 'Windlass (image server)',
  accept: 'image/*,*/*;q=0.8',
  // Compressed once more, a picture would have to be unpacked here, to a size that nobody announces.
  'accept-encoding': 'identity',
  'cdn-loop': cdnLoop,
});

/** RFC 9110 13.1.3: a date is only asked for where there is no tag. */
const conditionsOf = (known: OriginFacts | undefined): Record<string, string> => {
  if (known?.etag != null) return { 'if-none-match': known.etag };
  if (known?.lastModified != null) return { 'if-modified-since': known.lastModified.toUTCString() };
  return {};
};

interface Asked {
  answer: GuardedAnswer;
  /** Ends with the caller's signal, or when the whole took too long. */
  bounded: AbortSignal;
  translate: (error: unknown) => unknown;
}

const askWeb = async (
  fetch: Pick<GuardedFetch, 'send'>,
  url: URL,
  {
    patience,
    signal,
    ...request
  }: { method: 'GET' | 'HEAD'; headers: Record<string, string>; signal: AbortSignal; patience: Patience },
): Promise<Asked> => {
  const noAnswer = new AbortController();
  const timer = setTimeout(() => noAnswer.abort(), patience.answerMilliseconds);
  const whole = AbortSignal.timeout(patience.wholeMilliseconds);
  const bounded = AbortSignal.any([signal, whole, noAnswer.signal]);
  const translate = (error: unknown): unknown => {
    if (signal.aborted) return signal.reason;
    if (error instanceof AppError) return error;
    const late = whole.aborted || noAnswer.signal.aborted;
    const detail = late
      ? `The server ${url.host} did not answer in time.`
      : describeTrouble(error, `server ${url.host}`);
    return new AppError(late ? 'originTimeout' : 'originFailed', detail, { cause: error });
  };
  try {
    return { answer: await fetch.send(url, { ...request, signal: bounded }), bounded, translate };
  } catch (error) {
    throw translate(error);
  } finally {
    clearTimeout(timer);
  }
};

/** @throws AppError unless the answer is the whole object, as it is stored */
const requireWhole = ({
  status,
  headers: { 'content-encoding': encoding = 'identity' },
}: GuardedAnswer): void => {
  if (notThere.has(status)) {
    throw new AppError('notFound', 'There is no such object.', {
      cause: new Error(`The server answered ${status}.`),
    });
  }
  if (status !== 200) throw new AppError('originFailed', `The server answered ${status}.`);
  if (encoding !== 'identity') {
    throw new AppError(
      'originFailed',
      `The server sends it compressed (${encoding}), which was not asked for.`,
    );
  }
};

const factsOf = ({
  headers: { etag, 'last-modified': modified, 'content-length': length },
}: GuardedAnswer): OriginFacts => {
  const date = new Date(modified ?? NaN);
  return {
    etag: etag === undefined || etag === '' ? null : etag,
    lastModified: Number.isNaN(date.getTime()) ? null : date,
    size: length !== undefined && /^\d{1,15}$/.test(length) ? Number(length) : null,
  };
};
