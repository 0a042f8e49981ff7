import type { UsageCounts } from '@windlass/contract';
import type { RecordUsage } from '../sources/index.ts';
import { notModified } from './conditions.ts';
import type { FindPicture } from './find-picture.ts';
import { hotAnswer, type HotAnswer } from './hot-answer.ts';
import {
  standInAnswer,
  unchangedAnswer,
  unmadeHead,
  pictureOrPart,
  type AnswerFacts,
  type PictureAnswer,
  type PictureRequest,
} from './picture-answer.ts';
import { pictureEtag } from './picture-key.ts';
import type { PicturePart } from './picture-part.ts';
import type { PictureParts } from './picture-parts.ts';
import { readPictureState, type PictureState } from './picture-state.ts';
import { refusalOf, type Refusal } from './refusal.ts';
import type { SettleOriginal } from './settle-original.ts';
import { createStageClock, type StageClock, type StageTimes } from './stage-clock.ts';
import type { FindStandIn } from './stand-ins.ts';
import type { Upgrades } from './upgrades.ts';

export interface ImageServiceDeps {
  parts: PictureParts;
  settle: SettleOriginal;
  finder: FindPicture;
  findStandIn: FindStandIn;
  upgrades: Upgrades;
  encoder: string;
  /** Milliseconds of the epoch. */
  now(): number;
  recordUsage: RecordUsage;
}

export interface ServedPicture {
  answer: PictureAnswer;
  times: StageTimes;
  /** The same for equal requests of the next moments; null where it may not be kept. */
  hot: HotAnswer | null;
  /** Why another picture stands in for the one that was asked for. */
  trouble: Refusal | null;
}

export interface ImageService {
  /** @throws {Refusal} where there is no picture, and nothing stands in for it */
  serve(request: PictureRequest, signal: AbortSignal): Promise<ServedPicture>;
}

const tierCounts = {
  hot: 'memoryHits',
  memory: 'memoryHits',
  disk: 'diskHits',
  bucket: 'bucketHits',
} as const;

const usageOf = ({ status, from, body }: PictureAnswer): Partial<UsageCounts> => ({
  requests: 1,
  bytesOut: body?.byteLength ?? 0,
  ...(status === 304 ? { notModified: 1 } : {}),
  ...(status >= 400 ? { errors: 1 } : {}),
  ...(from.kind === 'hit' ? { [tierCounts[from.tier]]: 1 } : {}),
  // It waited, but no picture was made for it.
  ...(from.kind === 'joined' ? { memoryHits: 1 } : {}),
  ...(from.kind === 'made' ? { misses: 1, renderMilliseconds: Math.round(from.renderMilliseconds) } : {}),
});

/** By the key alone: an ETag that the caller has, of either encoding. */
const tagOfCaller = (request: PictureRequest, { key, lastModified }: PictureState): string | undefined =>
  key === null
    ? undefined
    : (['normal', 'slow'] as const)
        .map((effort) => pictureEtag(key, effort))
        .find((etag) => notModified(request, { etag, lastModified }));

/** From a request to a picture, without a socket: known, cached, or made. */
export const createImageService = (deps: ImageServiceDeps): ImageService => {
  const { parts, settle, finder, upgrades, encoder, now } = deps;

  const factsOf = (state: PictureState, from: AnswerFacts['from'], { times }: StageClock): AnswerFacts => ({
    state,
    from,
    times,
    nowSeconds: Math.floor(now() / 1000),
  });

  const answerFor = async (
    part: PicturePart,
    request: PictureRequest,
    clock: StageClock,
    signal: AbortSignal,
  ): Promise<{ answer: PictureAnswer; hot: HotAnswer | null }> => {
    const { method, ifNoneMatch, ifModifiedSince } = request;
    // A question costs less than the original where the answer may need no bytes, or others may have made the picture.
    const ask =
      method === 'HEAD' ||
      ifNoneMatch !== undefined ||
      ifModifiedSince !== undefined ||
      part.source.cacheConnectionId !== null;
    const state = await clock.time('origin', () => readPictureState(part, settle, encoder, { ask, signal }));
    const known = tagOfCaller(request, state);
    if (known !== undefined) {
      const facts = factsOf(state, { kind: 'validated' }, clock);
      const hot = method === 'GET' ? hotAnswer(facts, known, null, now()) : null;
      return { answer: unchangedAnswer(facts, known), hot };
    }
    const found =
      method === 'HEAD' ? await finder.cached(state, clock, signal) : await finder.find(state, clock, signal);
    if (found === null) {
      const etag = pictureEtag(state.flightKey, 'normal');
      return { answer: unmadeHead(factsOf(state, { kind: 'validated' }, clock), etag), hot: null };
    }
    upgrades.asked(found.state, found.picture);
    const facts = factsOf(found.state, found.from, clock);
    const answer = pictureOrPart(request, facts, found.picture);
    const keep = method === 'GET' && answer.status === 200;
    return { answer, hot: keep ? hotAnswer(facts, found.picture.facts.etag, found.picture, now()) : null };
  };

  const standInFor = async (
    part: PicturePart,
    trouble: Refusal,
    request: PictureRequest,
    clock: StageClock,
    signal: AbortSignal,
  ): Promise<PictureAnswer> => {
    const standIn = await deps.findStandIn(part, trouble, clock, signal);
    if (standIn !== null) {
      const { state, found } = standIn;
      return standInAnswer(request, factsOf(state, found.from, clock), found.picture, trouble.status);
    }
    deps.recordUsage(part.source, { requests: 1, errors: 1 });
    throw trouble;
  };

  return {
    serve: async (request, signal) => {
      const clock = createStageClock();
      const part = await clock.time('source', () => parts.read(request));
      let served: ServedPicture;
      try {
        served = { ...(await answerFor(part, request, clock, signal)), times: clock.times, trouble: null };
      } catch (error) {
        signal.throwIfAborted();
        const trouble = refusalOf(error);
        const answer = await standInFor(part, trouble, request, clock, signal);
        served = { answer, times: clock.times, hot: null, trouble };
      }
      deps.recordUsage(part.source, usageOf(served.answer));
      return served;
    },
  };
};
