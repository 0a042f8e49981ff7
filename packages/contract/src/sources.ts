import { z } from 'zod';
import { prefix, slug, storableText } from './connections.ts';
import { connectionId, sourceId, teamId } from './ids.ts';
import { listOf, listQuery, timestamp } from './lists.ts';
import { operation } from './operation.ts';

const tag = 'Sources';
const inTeam = z.object({ teamId });
const one = inTeam.extend({ sourceId });

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

// Without defaults: an edit leaves alone what it does not name.
const sourceFields = z.object({
  /** Unique on this server: it is the first path segment and the host label. */
  name: slug,
  connectionId,
  /** Put before every path, inside the connection's own prefix. */
  prefix,
  secured: z.boolean(),
  /** A query string used where the request does not set the same name, e.g. `format=webp&quality=80`. */
  defaultParameters: storableText.max(1000),
  /** Seconds for Cache-Control: max-age. */
  maxAgeSeconds: z.int().min(0).max(31_536_000),
});

export const sourceSettings = sourceFields.extend({
  prefix: prefix.default(''),
  secured: z.boolean().default(false),
  defaultParameters: sourceFields.shape.defaultParameters.default(''),
  maxAgeSeconds: sourceFields.shape.maxAgeSeconds.default(86_400),
  limits: sourceLimits.prefault({}),
});

export const source = z
  .object({
    id: sourceId,
    name: z.string(),
    connectionId,
    connectionName: z.string(),
    prefix: z.string(),
    secured: z.boolean(),
    defaultParameters: z.string(),
    maxAgeSeconds: z.int(),
    limits: sourceLimits,
    /** Path-mode address, e.g. http://localhost:7401/demo */
    baseUrl: z.string(),
    /** Host-label address, e.g. http://demo.images.example.com; null where no host is configured. */
    hostUrl: z.string().nullable(),
    signingKeySetAt: timestamp.nullable(),
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

export const sourceObject = z
  .object({ path: z.string(), size: z.int(), lastModified: timestamp, image: z.boolean() })
  .meta({ id: 'SourceObject' });
export type SourceObject = z.infer<typeof sourceObject>;

export const listSources = operation({
  id: 'listSources',
  method: 'GET',
  path: '/api/v1/teams/:teamId/sources',
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
  path: '/api/v1/teams/:teamId/sources',
  tag,
  access: 'signed-in',
  status: 201,
  summary: 'Make an image source',
  description: 'A secured source answers with its signing keys, once.',
  params: inTeam,
  body: sourceSettings,
  response: z.object({ source, signingKeys: signingKeys.nullable() }),
});
export const getSource = operation({
  id: 'getSource',
  method: 'GET',
  path: '/api/v1/teams/:teamId/sources/:sourceId',
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
  path: '/api/v1/teams/:teamId/sources/:sourceId',
  tag,
  access: 'signed-in',
  status: 200,
  versioned: true,
  summary: 'Edit a source',
  description: 'Turning `secured` on for the first time makes signing keys, answered once.',
  params: one,
  body: sourceFields.partial().extend({ limits: limitFields.partial().optional() }),
  response: z.object({ source, signingKeys: signingKeys.nullable() }),
});
export const deleteSource = operation({
  id: 'deleteSource',
  method: 'DELETE',
  path: '/api/v1/teams/:teamId/sources/:sourceId',
  tag,
  access: 'signed-in',
  status: 204,
  summary: 'Delete a source: its URLs stop working',
  params: one,
});
export const rotateSigningKeys = operation({
  id: 'rotateSigningKeys',
  method: 'POST',
  path: '/api/v1/teams/:teamId/sources/:sourceId/signing-keys',
  tag,
  access: 'signed-in',
  status: 201,
  summary: 'Make new signing keys; URLs signed with the old ones stop working',
  params: one,
  response: signingKeys,
});
export const listSourceObjects = operation({
  id: 'listSourceObjects',
  method: 'GET',
  path: '/api/v1/teams/:teamId/sources/:sourceId/objects',
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'Objects below a source, to choose a picture from',
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
  path: '/api/v1/teams/:teamId/sources/:sourceId/image-url',
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'The URL of a picture with parameters, signed where the source is secured',
  params: one,
  body: z.object({
    path: storableText.min(1).max(1024),
    parameters: z
      .record(storableText.max(64), storableText.max(500))
      .refine((record) => Object.keys(record).length <= 100, 'takes at most 100 parameters')
      .default({}),
  }),
  response: z.object({
    url: z.string(),
    /** The same picture under the source's own host; null where no host is configured. */
    hostUrl: z.string().nullable(),
  }),
});
