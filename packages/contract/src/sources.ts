import { z } from 'zod';
import { prefix, slug, storableText } from './connections.ts';
import { connectionId, sourceId, teamId } from './ids.ts';
import { listOf, listQuery, timestamp } from './lists.ts';
import { operation } from './operation.ts';

const tag = 'Sources';
const inTeam = z.object({ teamId });
const one = inTeam.extend({ sourceId });
const base = '/api/v1/teams/:teamId/sources';

/** Where originals come from: a bucket through its connection, or a folder on the web. */
export const sourceKinds = ['connection', 'web'] as const;
export type SourceKind = (typeof sourceKinds)[number];

/** Formats that `format=auto` may choose where the client accepts them; JPEG and PNG are always there. */
export const autoFormats = ['avif', 'webp'] as const;
export type AutoFormat = (typeof autoFormats)[number];

/** What a person sees where a picture cannot be made: a line of text, or a grey picture of the size asked for. */
export const sourceErrorAnswers = ['text', 'placeholder'] as const;
export type SourceErrorAnswer = (typeof sourceErrorAnswers)[number];

/** Most presets of one source. */
export const maxPresets = 50;

const limitFields = z.object({
  maxInputBytes: z
    .int()
    .min(1024)
    .max(500 * 1024 * 1024),
  maxInputPixels: z.int().min(1).max(500_000_000),
  maxInputFrames: z.int().min(1).max(1000),
  maxOutputSide: z.int().min(1).max(16_384),
});

/** Limits of one source; the server's own limits still bound them. */
export const sourceLimits = z.object({
  maxInputBytes: limitFields.shape.maxInputBytes.default(50 * 1024 * 1024),
  maxInputPixels: limitFields.shape.maxInputPixels.default(50_000_000),
  maxInputFrames: limitFields.shape.maxInputFrames.default(200),
  maxOutputSide: limitFields.shape.maxOutputSide.default(8192),
});
export type SourceLimits = z.infer<typeof sourceLimits>;

/**
 * Of a folder on the web: http or https, no user, query or fragment. Kept with a slash at its end, and every path of the
 * source is below it.
 */
export const webBaseUrl = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .refine((text) => {
    if (!URL.canParse(text)) return false;
    const { username, password, search, hash } = new URL(text);
    return `${username}${password}${search}${hash}` === '' && !/[?#]/.test(text);
  }, 'may not hold a user name, a password, a query or a fragment')
  // A server that tidies paths would leave the folder by these.
  .refine((text) => !/%2e|%2f|%5c|\\/i.test(text), 'may not hold escaped dots or slashes')
  .meta({ example: 'https://www.example.com/media/' });

export const presetName = z
  .string()
  .regex(/^[a-z0-9-]{1,32}$/, 'takes 1 to 32 lower-case letters, digits and dashes');

/** A preset's parameters: a query string, as `defaultParameters` is one. */
const presetParameters = storableText.min(1).max(1000);

// Without defaults: an edit leaves alone what it does not name.
const sourceFields = z.object({
  /** Unique on this server: it is the first path segment and the host label. */
  name: slug,
  kind: z.enum(sourceKinds),
  /** Of a source of the kind `connection`; null for the others. */
  connectionId: connectionId.nullable(),
  /** Of a source of the kind `web`; null for the others. */
  webBaseUrl: webBaseUrl.nullable().meta({ example: null }),
  /** Put before every path, inside the connection's own prefix or below the base URL. */
  prefix,
  secured: z.boolean(),
  /** A query string used where the request does not set the same name, e.g. `format=webp&quality=80`. */
  defaultParameters: storableText.max(1000),
  /** Named parameter sets: `preset=thumb` stands for what `thumb` holds. The names are the keys. */
  presets: z
    .record(presetName, presetParameters)
    .refine((record) => Object.keys(record).length <= maxPresets, `takes at most ${maxPresets} presets`)
    .meta({ example: { thumb: 'width=160&height=160&mode=crop' } }),
  /** True: a request may name presets and nothing else that changes the picture. */
  presetsOnly: z.boolean(),
  /** The widths and heights that may be asked for, after `dpr`, in pixels; null: any. */
  allowedSizes: z
    .array(z.int().min(1).max(16_384))
    .min(1)
    .max(200)
    .nullable()
    .meta({ example: [160, 320, 640, 1280] }),
  /** What `format=auto` may answer with; the client must accept it too. */
  autoFormats: z.array(z.enum(autoFormats)).max(autoFormats.length),
  /** Seconds for Cache-Control: max-age. */
  maxAgeSeconds: z.int().min(0).max(31_536_000),
  /** For so long a cached picture is served without asking whether its original has changed. */
  revalidateSeconds: z.int().min(0).max(31_536_000),
  /** For so long after that the old picture is still served while the original is looked at (RFC 5861). */
  staleSeconds: z.int().min(0).max(31_536_000),
  /** A picture of this source to show where the one asked for is missing or unreadable; null: an error. */
  fallbackPath: storableText.min(1).max(1024).nullable().meta({ example: 'brand/missing.jpg' }),
  onError: z.enum(sourceErrorAnswers),
  /** A connection of the same team to share made pictures through, below `.windlass/cache/`; null: none. */
  cacheConnectionId: connectionId.nullable(),
});

const fields = sourceFields.shape;
export const sourceSettings = sourceFields.extend({
  kind: fields.kind.default('connection'),
  connectionId: fields.connectionId.default(null),
  webBaseUrl: fields.webBaseUrl.default(null),
  prefix: prefix.default(''),
  secured: z.boolean().default(false),
  defaultParameters: fields.defaultParameters.default(''),
  presets: fields.presets.default({}),
  presetsOnly: z.boolean().default(false),
  allowedSizes: fields.allowedSizes.default(null),
  autoFormats: fields.autoFormats.default([...autoFormats]),
  maxAgeSeconds: fields.maxAgeSeconds.default(86_400),
  revalidateSeconds: fields.revalidateSeconds.default(60),
  staleSeconds: fields.staleSeconds.default(86_400),
  fallbackPath: fields.fallbackPath.default(null),
  onError: fields.onError.default('text'),
  cacheConnectionId: fields.cacheConnectionId.default(null),
  limits: sourceLimits.prefault({}),
});
export type SourceSettings = z.output<typeof sourceSettings>;

export const source = z
  .object({
    id: sourceId,
    name: z.string(),
    kind: z.enum(sourceKinds),
    connectionId: connectionId.nullable(),
    connectionName: z.string().nullable(),
    /** Where originals are, for a source of the kind `web`; ends in a slash. */
    webBaseUrl: z.string().nullable().meta({ example: null }),
    prefix: z.string(),
    secured: z.boolean(),
    defaultParameters: z.string(),
    presets: z.record(z.string(), z.string()).meta({ example: { thumb: 'width=160&height=160&mode=crop' } }),
    presetsOnly: z.boolean(),
    allowedSizes: z.array(z.int()).nullable(),
    autoFormats: z.array(z.enum(autoFormats)),
    maxAgeSeconds: z.int(),
    revalidateSeconds: z.int(),
    staleSeconds: z.int(),
    fallbackPath: z.string().nullable().meta({ example: 'brand/missing.jpg' }),
    onError: z.enum(sourceErrorAnswers),
    cacheConnectionId: connectionId.nullable(),
    limits: sourceLimits,
    /** Path-mode address, e.g. http://localhost:7401/demo */
    baseUrl: z.string(),
    /** Host-label address, e.g. http://demo.images.example.com; null where no host is configured. */
    hostUrl: z.string().nullable(),
    signingKeySetAt: timestamp.nullable(),
    /** Until when URLs signed with the keys before the last rotation work too; null where there are none. */
    previousSigningKeyUntil: timestamp.nullable(),
    demo: z.boolean(),
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({ id: 'Source' });
export type Source = z.infer<typeof source>;

/** Both in standard base64 with padding (imglab's clients decode that alphabet). */
export const signingKeys = z
  .object({ secureKey: z.string(), secureSalt: z.string() })
  .meta({ id: 'SigningKeys' });

/** What was saved all the same, and what is odd about it: a base URL that does not answer, say. */
const savedSource = z.object({
  source,
  signingKeys: signingKeys.nullable(),
  warnings: z.array(z.object({ path: z.string(), message: z.string() })),
});

export const listSources = operation({
  id: 'listSources',
  method: 'GET',
  path: base,
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'Image sources of a team',
  params: inTeam,
  query: listQuery.extend({ connectionId: connectionId.optional() }),
  response: listOf(source),
});
export const createSource = operation({
  id: 'createSource',
  method: 'POST',
  path: base,
  tag,
  access: 'signed-in',
  status: 201,
  summary: 'Make an image source',
  description:
    'A secured source answers with its signing keys, once. The base URL of a web folder is tried: one that may not be reached is refused, one that does not answer is saved with a warning.',
  params: inTeam,
  body: sourceSettings,
  response: savedSource,
});
export const getSource = operation({
  id: 'getSource',
  method: 'GET',
  path: `${base}/:sourceId`,
  tag,
  access: 'signed-in',
  status: 200,
  versioned: true,
  summary: 'Show a source',
  params: one,
  response: source,
});
export const updateSource = operation({
  id: 'updateSource',
  method: 'PATCH',
  path: `${base}/:sourceId`,
  tag,
  access: 'signed-in',
  status: 200,
  versioned: true,
  summary: 'Edit a source',
  description:
    'Turning `secured` on for the first time makes signing keys, answered once. A source may move from a connection to a web folder and back: name the new `kind` with its `connectionId` or `webBaseUrl`.',
  params: one,
  body: sourceFields.partial().extend({ limits: limitFields.partial().optional() }),
  response: savedSource,
});
export const deleteSource = operation({
  id: 'deleteSource',
  method: 'DELETE',
  path: `${base}/:sourceId`,
  tag,
  access: 'signed-in',
  status: 204,
  summary: 'Delete a source: its URLs stop working',
  params: one,
});
