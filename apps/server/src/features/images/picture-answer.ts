import type { ClientFacts } from '@windlass/images';
import { byteRange, rangeStands, type ByteRange } from './byte-range.ts';
import type { CachedPicture } from './cache/picture-tier.ts';
import { cacheStatus, type PictureOrigin } from './cache-status.ts';
import type { Conditions } from './conditions.ts';
import { pictureHeaders, validatorHeaders, type Delivery, type HeaderPairs } from './delivery-headers.ts';
import { earliestExpiry } from './picture-part.ts';
import type { PictureState } from './picture-state.ts';
import { Refusal } from './refusal.ts';
import { serverTiming, type StageTimes } from './stage-clock.ts';

export interface PictureRequest extends Conditions {
  method: 'GET' | 'HEAD';
  /** Raw request target, one character a byte. */
  target: string;
  host: string | undefined;
  client: ClientFacts;
  range: string | undefined;
  ifRange: string | undefined;
}

export interface PictureAnswer {
  status: number;
  headers: HeaderPairs;
  /** Undefined for HEAD and 304. */
  body: Uint8Array | undefined;
  from: PictureOrigin;
}

/** What an answer is made of, beside the picture. */
export interface AnswerFacts {
  state: PictureState;
  from: PictureOrigin;
  nowSeconds: number;
  times: StageTimes;
}

const deliveryOf = (
  { state, from, nowSeconds }: AnswerFacts,
  etag: string,
  lastModified: Date | null,
): Delivery => {
  const { part, staleBySeconds } = state;
  const { maxAgeSeconds, staleSeconds } = part.source;
  return {
    plan: part.plan,
    path: part.path,
    etag,
    lastModified,
    maxAgeSeconds,
    staleSeconds,
    expires: earliestExpiry(part),
    nowSeconds,
    cacheStatus: cacheStatus(from, staleBySeconds),
  };
};

export const lastModifiedOf = ({ facts: { lastModified } }: CachedPicture): Date | null =>
  lastModified === null ? null : new Date(lastModified);

const timing = (times: StageTimes): HeaderPairs => {
  const text = serverTiming(times);
  return text === '' ? [] : ['server-timing', text];
};

/** RFC 9110 15.4.5: the caller's copy has this tag. */
export const unchangedAnswer = (facts: AnswerFacts, etag: string): PictureAnswer => ({
  status: 304,
  headers: [...validatorHeaders(deliveryOf(facts, etag, facts.state.lastModified)), ...timing(facts.times)],
  body: undefined,
  from: facts.from,
});

/**
 * HEAD of a picture that nobody has made yet. RFC 9110 9.3.2: what only making it would tell may be left out; that is its
 * length, and its type where the client and the original decide that.
 */
export const unmadeHead = (facts: AnswerFacts, etag: string): PictureAnswer => {
  const { format } = facts.state.part.plan;
  const delivery = deliveryOf(facts, etag, facts.state.lastModified);
  const described = format === 'auto' ? [] : pictureHeaders(delivery, format);
  const headers = [...validatorHeaders(delivery), ...described, ...timing(facts.times)];
  return { status: 200, headers, body: undefined, from: facts.from };
};

const rangeOf = (request: PictureRequest, { facts, bytes }: CachedPicture): ByteRange =>
  request.method === 'GET' && rangeStands(request.ifRange, facts.etag)
    ? byteRange(request.range, bytes.byteLength)
    : { kind: 'whole' };

const pictureAnswer = (
  facts: AnswerFacts,
  picture: CachedPicture,
  status: number,
  body: Uint8Array,
  more: HeaderPairs,
): PictureAnswer => {
  const delivery = deliveryOf(facts, picture.facts.etag, lastModifiedOf(picture));
  const headers = [
    ...validatorHeaders(delivery),
    ...pictureHeaders(delivery, picture.facts.format),
    ...timing(facts.times),
    ...more,
    'content-length',
    String(body.byteLength),
  ];
  return { status, headers, body, from: facts.from };
};

export const wholeAnswer = (facts: AnswerFacts, picture: CachedPicture): PictureAnswer =>
  pictureAnswer(facts, picture, 200, picture.bytes, []);

/**
 * What the request asks of a picture that is there: HEAD, a part, or all of it.
 *
 * @throws {Refusal} 416
 */
export const pictureOrPart = (
  request: PictureRequest,
  facts: AnswerFacts,
  picture: CachedPicture,
): PictureAnswer => {
  const { bytes } = picture;
  const range = rangeOf(request, picture);
  switch (range.kind) {
    case 'unsatisfiable':
      throw new Refusal(416, 'The picture has no such bytes', {
        headers: { 'content-range': `bytes */${bytes.byteLength}` },
      });
    case 'part': {
      const contentRange = `bytes ${range.start}-${range.end}/${bytes.byteLength}`;
      const body = bytes.subarray(range.start, range.end + 1);
      return pictureAnswer(facts, picture, 206, body, ['content-range', contentRange]);
    }
    case 'whole': {
      const whole = wholeAnswer(facts, picture);
      return request.method === 'HEAD' ? { ...whole, body: undefined } : whole;
    }
  }
};

/** A picture that says that there is none is soon asked for again. */
const standInSeconds = 10;

/** Another picture under the status of what went wrong: without validators, since it is not what the URL names. */
export const standInAnswer = (
  request: PictureRequest,
  facts: AnswerFacts,
  { facts: { format }, bytes }: CachedPicture,
  status: number,
): PictureAnswer => ({
  status,
  headers: [
    'cache-control',
    `public, max-age=${standInSeconds}`,
    ...(facts.state.part.plan.varies ? ['vary', 'Accept, Save-Data'] : []),
    ...pictureHeaders(facts.state.part, format),
    ...timing(facts.times),
    'content-length',
    String(bytes.byteLength),
  ],
  body: request.method === 'HEAD' ? undefined : bytes,
  from: facts.from,
});
