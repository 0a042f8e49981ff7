import { z } from 'zod';
import { storableText } from './connections.ts';
import { connectionId, teamId } from './ids.ts';
import { listOf, listQuery, timestamp } from './lists.ts';
import { operation } from './operation.ts';

const tag = 'Downloads';
const one = z.object({ teamId, connectionId });
const base = '/api/v1/teams/:teamId/connections/:connectionId';

/** Relative to the connection's prefix. */
const objectKey = storableText.min(1).max(1024);

export const listConnectionObjects = operation({
  id: 'listConnectionObjects',
  method: 'GET',
  path: `${base}/objects`,
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'Objects below the prefix of a connection',
  description: 'In the order of their keys’ bytes, as S3 lists them. Needs a connection that may list.',
  params: one,
  query: listQuery.extend({
    limit: z.coerce.number().int().min(1).max(1000).default(100),
    cursor: z.string().max(4096).optional(),
    prefix: storableText.max(1024).default(''),
  }),
  response: listOf(z.object({ key: z.string(), size: z.int(), lastModified: timestamp })),
});

export const signDownloads = operation({
  id: 'signDownloads',
  method: 'POST',
  path: `${base}/downloads`,
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'Pre-signed GETs, up to a hundred at once',
  description: 'The bytes come straight from the bucket. Whoever has a URL may use it until it runs out.',
  params: one,
  body: z
    .object({
      keys: z.array(objectKey).min(1).max(100),
      /** `attachment` has the browser save it under its own name; `inline` shows pictures, film, sound and plain text, and nothing that could run. */
      disposition: z.enum(['attachment', 'inline']).default('attachment'),
      expiresInSeconds: z.int().min(60).max(604_800).default(900),
    })
    .meta({ example: { keys: ['orders/26-00042/IMG_0001.jpg'] } }),
  response: z.object({
    items: z.array(z.object({ key: z.string(), url: z.string(), expiresAt: timestamp })),
  }),
});

/** Where a zip can be fetched, with nothing but the address, until it runs out. */
export const zipLink = z.object({ url: z.string(), expiresAt: timestamp, files: z.int() });

export const createZip = operation({
  id: 'createZip',
  method: 'POST',
  path: `${base}/zips`,
  tag,
  access: 'signed-in',
  status: 201,
  summary: 'A link to many objects as one zip, streamed while it is read',
  description: 'Not compressed: photographs are already. Sizes beyond 4 GiB are fine (Zip64).',
  params: one,
  // Ten thousand keys of 1,024 bytes, and what JSON makes of them.
  maxBodyBytes: 12 * 1024 * 1024,
  body: z
    .object({
      keys: z.array(objectKey).min(1).max(10_000),
      /** Taken off the keys to make the names inside. */
      stripPrefix: storableText.max(1024).default(''),
      name: storableText.min(1).max(200).default('files.zip'),
    })
    .meta({ example: { keys: ['orders/26-00042/IMG_0001.jpg'], stripPrefix: 'orders/' } }),
  response: zipLink,
});
