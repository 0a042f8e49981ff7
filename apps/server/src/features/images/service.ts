import type { ConnectionId, TeamId } from '@windlass/contract';
import {
  canonicalPlan,
  encoderVersion,
  formatFacts,
  parsePlan,
  parseTarget,
  verifySignature,
  type ImageTarget,
  type Plan,
  type RenderPool,
} from '@windlass/images';
import type { Clock } from '../../kernel/clock.ts';
import type { BucketReader } from '../../platform/s3/bucket.ts';
import type { ResolvedSource, ResolveSource } from '../sources/index.ts';
import { createByteBudget } from './byte-budget.ts';
import { cacheControl, contentDisposition } from './delivery-headers.ts';
import { etagMatches, pictureEtag } from './etag.ts';
import { Refusal } from './refusal.ts';
import { createSingleFlight } from './single-flight.ts';

export interface ImageServiceDeps {
  resolveSource: ResolveSource;
  /** Opens the connection's credentials inside; keys are below the connection's prefix. */
  openBucket(teamId: TeamId, connectionId: ConnectionId): Promise<BucketReader>;
  pool: RenderPool;
  clock: Clock;
  /** `images.example.com` turns host-label mode on. */
  imagesHost: string | null;
  /** Bytes of originals in memory at once. Default 512 MiB. */
  originalsBudgetBytes?: number;
}

export interface PictureRequest {
  method: 'GET' | 'HEAD';
  /** Raw request target, one character a byte. */
  target: string;
  host: string | undefined;
  ifNoneMatch: string | undefined;
}

export interface PictureAnswer {
  status: 200 | 304;
  headers: Record<string, string>;
  /** Undefined for HEAD and 304. */
  body: Uint8Array | undefined;
}

interface Made {
  bytes: Uint8Array;
  etag: string;
  lastModified: Date | null;
  fetchMilliseconds: number;
  renderMilliseconds: number;
}

export interface ImageService {
  /** Throws Refusal, BadValue, RenderError, AppError; all of them go through `refusalOf`. */
  answer(request: PictureRequest, signal: AbortSignal): Promise<PictureAnswer>;
}

const checkSignature = (target: ImageTarget, source: ResolvedSource): void => {
  if (source.signingKeys === null) return;
  const { secureKey, secureSalt } = source.signingKeys;
  const keys = { secureKey: secureKey.reveal(), secureSalt: secureSalt.reveal() };
  const verdict = verifySignature(target, keys);
  // imglab words both the same way; a caller learns nothing from the difference that the URL does not show.
  if (verdict !== 'valid') throw new Refusal(403, 'Invalid signature');
};

/** From a request's raw target to a picture, without a word of HTTP but header names. */
export const createImageService = (deps: ImageServiceDeps): ImageService => {
  const flights = createSingleFlight<Made>();
  const budget = createByteBudget(deps.originalsBudgetBytes ?? 512 * 1024 * 1024, 256);
  const encoder = encoderVersion();
  const nowSeconds = (): number => Math.floor(deps.clock.now().getTime() / 1000);

  const make = async (
    source: ResolvedSource,
    bucket: BucketReader,
    key: string,
    plan: Plan,
    signal: AbortSignal,
  ): Promise<Made> => {
    using lease = await budget.lease(source.limits.maxInputBytes, signal);
    if (lease === undefined) throw new Refusal(503, 'Busy', { headers: { 'retry-after': '2' } });
    const started = performance.now();
    const original = await bucket.getObject(key, { signal, maxBytes: source.limits.maxInputBytes });
    // Null answers a condition, and none was sent.
    if (original === null) throw new Refusal(502, 'The bucket did not answer as expected');
    lease.shrinkTo(original.bytes.byteLength);
    const fetchMilliseconds = performance.now() - started;
    const picture = await deps.pool.render(original.bytes, plan, source.limits, signal);
    return {
      bytes: picture.bytes,
      etag: pictureEtag(source.version, original, plan, encoder),
      lastModified: original.lastModified,
      fetchMilliseconds,
      renderMilliseconds: picture.renderMilliseconds,
    };
  };

  const findSource = async (target: ImageTarget): Promise<ResolvedSource> => {
    const source = await deps.resolveSource(target.source);
    if (source === null) throw new Refusal(404, 'No such source');
    return source;
  };

  const planOf = (target: ImageTarget, source: ResolvedSource): Plan => {
    const plan = parsePlan(target.rawQuery, source.defaultParameters, {
      maxSide: source.limits.maxOutputSide,
    });
    // Without a signature anybody could take it off again, so it only counts with one.
    const expires = source.signingKeys === null ? null : plan.expires;
    if (expires !== null && nowSeconds() >= expires) throw new Refusal(403, 'This URL has expired');
    return { ...plan, expires };
  };

  return {
    answer: async ({ method, target: rawTarget, host, ifNoneMatch }, signal) => {
      const target = parseTarget({ target: rawTarget, host, imagesHost: deps.imagesHost ?? undefined });
      const source = await findSource(target);
      checkSignature(target, source);
      const plan = planOf(target, source);
      if (target.path === '') throw new Refusal(404, 'No such picture');
      const key = `${source.prefix}${target.path}`;
      // S3: a key has at most 1,024 bytes.
      if (Buffer.byteLength(key) > 1024) throw new Refusal(404, 'No such picture');
      const bucket = await deps.openBucket(source.teamId, source.connectionId);

      const headers = (etag: string, lastModified: Date | null): Record<string, string> => ({
        'cache-control': cacheControl(source.maxAgeSeconds, plan.expires, nowSeconds()),
        'content-disposition': contentDisposition(plan, target.path),
        etag,
        ...(lastModified === null ? {} : { 'last-modified': lastModified.toUTCString() }),
      });
      const { contentType } = formatFacts[plan.format];

      if (method === 'HEAD' || ifNoneMatch !== undefined) {
        const origin = await bucket.headObject(key, { signal });
        const etag = pictureEtag(source.version, origin, plan, encoder);
        if (ifNoneMatch !== undefined && etagMatches(ifNoneMatch, etag)) {
          return { status: 304, headers: headers(etag, origin.lastModified), body: undefined };
        }
        // RFC 9110 9.3.2: what only making the picture would tell, its length, may be left out.
        if (method === 'HEAD') {
          const known = { ...headers(etag, origin.lastModified), 'content-type': contentType };
          return { status: 200, headers: known, body: undefined };
        }
      }

      const flightKey = JSON.stringify([source.sourceId, source.version, key, canonicalPlan(plan)]);
      const made = await flights.run(flightKey, signal, (shared) => make(source, bucket, key, plan, shared));
      return {
        status: 200,
        headers: {
          ...headers(made.etag, made.lastModified),
          'content-type': contentType,
          'server-timing': `fetch;dur=${made.fetchMilliseconds.toFixed(1)}, render;dur=${made.renderMilliseconds.toFixed(1)}`,
        },
        body: made.bytes,
      };
    },
  };
};
