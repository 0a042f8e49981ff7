import type { SourceId, TeamId } from '@windlass/contract';
import type { CachedPicture } from './cache/picture-tier.ts';
import { everyAnswer, type HeaderPairs } from './delivery-headers.ts';
import { unchangedAnswer, wholeAnswer, type AnswerFacts } from './picture-answer.ts';
import { allParts, earliestExpiry } from './picture-part.ts';

/**
 * A whole answer, ready to be written: for a moment, equal requests get it without another look at anything. It ends no later
 * than what is known of its sources, so that a change or a purge in another process needs no more time than without it.
 */
export interface HotAnswer {
  source: { sourceId: SourceId; teamId: TeamId };
  /** Of the picture in the caches. */
  key: string;
  /** Milliseconds of the epoch; never beyond the `expires` of any URL in it. */
  until: number;
  etag: string;
  /** Complete but for the very last one: the id of the request, which is written anew for each. */
  notModifiedHeaders: HeaderPairs;
  /** Null where only validators were compared: whoever has another copy, or none, asks further. */
  whole: { headers: HeaderPairs; body: Uint8Array } | null;
  /** Answers since they were last counted. */
  served: number;
  notModified: number;
}

const longestMilliseconds = 2000;

/** With `expires` the headers change every second, and so does the answer. */
const hotUntil = ({ state }: AnswerFacts, now: number): number => {
  const { source } = state.part;
  const until = Math.min(
    now + Math.min(longestMilliseconds, source.revalidateSeconds * 1000),
    // What another process has changed or purged shows when the sources are read anew, and no later.
    ...allParts(state.part).map((part) => part.source.freshUntil),
  );
  return earliestExpiry(state.part) === null ? until : Math.min(until, (Math.floor(now / 1000) + 1) * 1000);
};

const written = (headers: HeaderPairs): HeaderPairs => [...everyAnswer, ...headers, 'x-request-id', ''];

/**
 * Null where even a moment is too long, because the source asks for its original every time.
 *
 * @param picture null where only its ETag is known
 */
export const hotAnswer = (
  facts: AnswerFacts,
  etag: string,
  picture: CachedPicture | null,
  now: number,
): HotAnswer | null => {
  const { key, part } = facts.state;
  const until = hotUntil(facts, now);
  if (key === null || until <= now) return null;
  const { sourceId, teamId } = part.source;
  const hot: AnswerFacts = { ...facts, from: { kind: 'hit', tier: 'hot' }, times: {} };
  return {
    source: { sourceId, teamId },
    key,
    until,
    etag,
    notModifiedHeaders: written(unchangedAnswer(hot, etag).headers),
    whole:
      picture === null ? null : { headers: written(wholeAnswer(hot, picture).headers), body: picture.bytes },
    served: 0,
    notModified: 0,
  };
};
