import { z } from 'zod';
import { storableText } from './connections.ts';
import { purgeId, sourceId, teamId } from './ids.ts';
import { listOf, listQuery, timestamp } from './lists.ts';
import { operation } from './operation.ts';
import { signingKeys } from './sources.ts';

const tag = 'Sources';
const one = z.object({ teamId, sourceId });
const base = '/api/v1/teams/:teamId/sources/:sourceId';

/**
 * Half of a pair that was made elsewhere, in base64 of either alphabet (RFC 4648 4 and 5), padded or not. Decoded it has 12
 * to 256 bytes: imglab's have 32, and one of fewer than 12 could be guessed from a URL that it has signed.
 */
const givenKey = z
  .string()
  .trim()
  .max(344)
  .regex(/^(?:[A-Za-z0-9+/]+|[A-Za-z0-9_-]+)={0,2}$/, 'takes base64, standard or URL-safe')
  .refine((text) => {
    const { length } = text.replace(/=+$/, '');
    return length % 4 !== 1 && (length === text.length || text.length % 4 === 0);
  }, 'has been cut off: base64 comes in groups of four characters')
  .refine((text) => {
    const bytes = Math.floor((text.replace(/=+$/, '').length * 3) / 4);
    return bytes >= 12 && bytes <= 256;
  }, 'takes 12 to 256 bytes, in base64');

export const rotateSigningKeys = operation({
  id: 'rotateSigningKeys',
  method: 'POST',
  path: `${base}/signing-keys`,
  tag,
  access: 'signed-in',
  status: 201,
  summary: 'Make new signing keys, answered once, or bring your own',
  description:
    'URLs signed with the old ones work for `overlapSeconds` more, so that pages can be rendered anew in peace. 0 ends them at once: for keys that have leaked. Keys of a rotation before that end now. With `secureKey` and `secureSalt`, in base64, the source takes that pair instead of making one: URLs that it has signed elsewhere work here. A pair that was sent is not sent back.',
  params: one,
  body: z
    .object({
      overlapSeconds: z.int().min(0).max(2_592_000).default(86_400),
      /** Of a pair of your own; both or neither. */
      secureKey: givenKey.optional(),
      secureSalt: givenKey.optional(),
    })
    .superRefine(({ secureKey, secureSalt }, { addIssue }) => {
      if ((secureKey === undefined) === (secureSalt === undefined)) return;
      const path = [secureKey === undefined ? 'secureKey' : 'secureSalt'];
      addIssue({ code: 'custom', path, message: 'is missing: a pair has both' });
    })
    .meta({ example: { overlapSeconds: 86_400 } }),
  /** Without a pair where it was the caller's own. */
  response: z.object({
    secureKey: signingKeys.shape.secureKey.nullable(),
    secureSalt: signingKeys.shape.secureSalt.nullable(),
    previousSigningKeyUntil: timestamp.nullable(),
  }),
});
export const endKeyOverlap = operation({
  id: 'endKeyOverlap',
  method: 'DELETE',
  path: `${base}/signing-keys/previous`,
  tag,
  access: 'signed-in',
  status: 204,
  summary: 'Refuse URLs signed with the keys before the last rotation from now on',
  params: one,
});

/** Cache tags of pictures, as the parameter `tag` gives them. */
export const cacheTag = z
  .string()
  .regex(/^[a-z0-9._-]{1,64}$/, 'takes 1 to 64 lower-case letters, digits, dots, dashes and underscores');

/** What a purge covers. */
export const purgeScopes = ['all', 'path', 'prefix', 'tag'] as const;
export type PurgeScope = (typeof purgeScopes)[number];

/** Which cached pictures no longer count. Paths are those of URLs, decoded, below the source. */
export const purgeRequest = z
  .discriminatedUnion('scope', [
    z.object({ scope: z.literal('all') }),
    z.object({ scope: z.enum(['path', 'prefix']), value: storableText.min(1).max(1024) }),
    z.object({ scope: z.literal('tag'), value: cacheTag }),
  ])
  .meta({ example: { scope: 'path', value: 'shoes/red.jpg' } });
export type PurgeRequest = z.infer<typeof purgeRequest>;

export const sourcePurge = z
  .object({
    id: purgeId,
    scope: z.enum(purgeScopes).meta({ example: 'path' }),
    /** The path, prefix or tag; empty where everything was purged. */
    value: z.string().meta({ example: 'shoes/red.jpg' }),
    at: timestamp,
    /** Name of the person, or of whoever made the API key; null once they are gone. */
    by: z.string().nullable().meta({ example: 'Ada Byron' }),
  })
  .meta({ id: 'SourcePurge' });
export type SourcePurge = z.infer<typeof sourcePurge>;

export const purgeSource = operation({
  id: 'purgeSource',
  method: 'POST',
  path: `${base}/purges`,
  tag,
  access: 'signed-in',
  status: 201,
  summary: 'Throw cached pictures away',
  description:
    'Every server stops serving them within two seconds, and looks at the originals anew. Browsers and CDNs in front keep what `Cache-Control` allowed them to. A source keeps at most 1,000 purges of single paths, prefixes and tags; the one after that purges everything.',
  params: one,
  body: purgeRequest,
  response: sourcePurge,
});
export const listPurges = operation({
  id: 'listPurges',
  method: 'GET',
  path: `${base}/purges`,
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'Purges of the last 31 days, newest first',
  params: one,
  query: listQuery,
  response: listOf(sourcePurge),
});

/** How far back usage is told, and in steps of how many seconds: an hour, six hours, a day. */
export const usageRanges = {
  day: { points: 24, stepSeconds: 3600 },
  week: { points: 28, stepSeconds: 21_600 },
  month: { points: 30, stepSeconds: 86_400 },
} as const;
export type UsageRange = keyof typeof usageRanges;

/** What is counted of a source's requests. Hits are by the tier that had the picture; `misses` were made. */
export const usageCounts = z.object({
  requests: z.int(),
  memoryHits: z.int(),
  diskHits: z.int(),
  bucketHits: z.int(),
  misses: z.int(),
  /** Answered 304. */
  notModified: z.int(),
  /** Answered 4xx or 5xx. */
  errors: z.int(),
  /** Sent to clients, bodies only. */
  bytesOut: z.int(),
  /** Of originals, as they were fetched. */
  bytesFromOrigin: z.int(),
  /** CPU time of children, roughly. */
  renderMilliseconds: z.int(),
});
export type UsageCounts = z.infer<typeof usageCounts>;

export const sourceUsageReport = z
  .object({
    range: z.enum(['day', 'week', 'month']),
    stepSeconds: z.int(),
    /** Evenly spaced, oldest first, zeros where nothing was asked for; the last one is still being counted. */
    points: z.array(usageCounts.extend({ at: timestamp })),
    /**
     * Sums of the points. `hitRatio`: of the requests that got a picture, those that no picture was made for, 0 to 1; null
     * where there were none.
     */
    totals: usageCounts.extend({ hitRatio: z.number().nullable() }),
  })
  .meta({ id: 'SourceUsage' });
export type SourceUsage = z.infer<typeof sourceUsageReport>;

export const sourceUsage = operation({
  id: 'sourceUsage',
  method: 'GET',
  path: `${base}/usage`,
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'Requests, cache hits and bytes of a source over time',
  description: 'Counted by the hour and written every 15 seconds; kept for 90 days.',
  params: one,
  query: z.object({ range: z.enum(['day', 'week', 'month']).default('day') }),
  response: sourceUsageReport,
});

export const sourceObject = z
  .object({ path: z.string(), size: z.int(), lastModified: timestamp, image: z.boolean() })
  .meta({ id: 'SourceObject' });
export type SourceObject = z.infer<typeof sourceObject>;

export const listSourceObjects = operation({
  id: 'listSourceObjects',
  method: 'GET',
  path: `${base}/objects`,
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'Objects below a source, to choose a picture from',
  description: 'A web folder cannot be listed: its answer is `conflict`, and says so.',
  params: one,
  query: listQuery.extend({
    prefix: storableText.max(1024).default(''),
    // The provider's own, which may be as long as a key.
    cursor: z.string().max(4000).optional(),
  }),
  response: listOf(sourceObject),
});
export const buildImageUrl = operation({
  id: 'buildImageUrl',
  method: 'POST',
  path: `${base}/image-url`,
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'The URL of a picture with parameters, signed where the source is secured',
  params: one,
  body: z.object({
    path: storableText.min(1).max(1024),
    parameters: z
      .record(storableText.max(64), storableText.max(4000))
      .refine((record) => Object.keys(record).length <= 100, 'takes at most 100 parameters')
      .default({}),
  }),
  response: z.object({
    url: z.string(),
    /** The same picture under the source's own host; null where no host is configured. */
    hostUrl: z.string().nullable(),
  }),
});
