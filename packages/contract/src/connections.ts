import { z } from 'zod';
import { connectionId, teamId } from './ids.ts';
import { listOf, listQuery, timestamp } from './lists.ts';
import { operation } from './operation.ts';
import { addressings, providerIds } from './providers.ts';

const tag = 'Connections';
const inTeam = z.object({ teamId });
const one = inTeam.extend({ connectionId });

/** The job decides which rights are needed. */
export const jobs = ['deliver', 'ingest', 'process', 'gallery'] as const;
export type Job = (typeof jobs)[number];

export const connectionStates = ['incomplete', 'unverified', 'active', 'degraded', 'inaccessible'] as const;
export type ConnectionState = (typeof connectionStates)[number];

/** The rows of the first check, in the order in which they run. */
export const checkRowIds = ['reach', 'credentials', 'region', 'list', 'put', 'get', 'delete'] as const;
export type CheckRowId = (typeof checkRowIds)[number];
export const checkRowStates = ['ok', 'failed', 'skipped'] as const;

export const checkRow = z
  .object({
    id: z.enum(checkRowIds),
    state: z.enum(checkRowStates),
    /** What was found, in plain words. */
    cause: z.string(),
    /** What to do next; empty when ok. */
    next: z.string(),
    /** The provider's own words, for the details fold. */
    details: z
      .object({
        code: z.string().nullable(),
        httpStatus: z.int().nullable(),
        message: z.string().nullable(),
        requestId: z.string().nullable(),
      })
      .nullable(),
    durationMilliseconds: z.int(),
  })
  .meta({ id: 'CheckRow' });
export type CheckRow = z.infer<typeof checkRow>;

export const checkReport = z
  .object({
    checkedAt: timestamp,
    state: z.enum(connectionStates),
    rows: z.array(checkRow),
    /** Set when the check found another region and saved it. */
    correctedRegion: z.string().nullable(),
  })
  .meta({ id: 'CheckReport' });
export type CheckReport = z.infer<typeof checkReport>;

/** Lower-case letters, digits and dashes; the short name in addresses and on the command line. */
export const slug = z
  .string()
  .regex(
    /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
    'takes 1 to 63 lower-case letters, digits and dashes, no dash at either end',
  );

/** S3's general rule (AWS: bucket naming rules), loose enough for other providers' older buckets. */
export const bucketName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]$/, 'takes 3 to 63 letters, digits, dots and dashes');

const encoder = new TextEncoder();
/** What S3 can store and PostgreSQL can keep: no NUL, no half of a surrogate pair. */
export const storableText = z
  .string()
  .refine((text) => !text.includes('\0') && text.isWellFormed(), 'may not hold NUL or broken Unicode');

/** Key prefix: empty, or ends in a slash; at most 512 bytes so that keys below it have room (S3: 1,024). */
export const prefix = storableText
  .refine((text) => encoder.encode(text).length <= 512, 'takes at most 512 bytes')
  .refine(
    (text) => text === '' || (text.endsWith('/') && !text.startsWith('/')),
    'starts without and ends with a slash',
  )
  // A proxy that tidies paths would lead these out of the prefix.
  .refine((text) => !/(^|\/)\.\.?\//.test(text), 'may not hold the segments . and ..');

export const accessKeyId = z
  .string()
  .trim()
  .min(1)
  .max(128)
  .regex(/^[\x21-\x7e]+$/, 'has characters that no access key has');
export const secretAccessKey = z
  .string()
  .trim()
  .min(1)
  .max(256)
  .regex(/^[\x21-\x7e]+$/, 'has characters that no secret has');

export const accessKeyCredentials = z.object({
  accessKeyId,
  secretAccessKey,
  sessionToken: z
    .string()
    .trim()
    .min(1)
    .max(4096)
    .regex(/^[\x21-\x7e]+$/, 'has characters that no session token has')
    .optional(),
});

// Without defaults: an edit leaves alone what it does not name.
const connectionFields = z.object({
  name: slug,
  provider: z.enum(providerIds),
  bucket: bucketName,
  region: z
    .string()
    .trim()
    .min(1)
    .max(64)
    .regex(/^[a-z0-9-]+$/i, 'is not a region'),
  /** Origin only, e.g. https://s3.eu-central-1.amazonaws.com. */
  endpoint: z.url({ protocol: /^https?$/ }).max(300),
  addressing: z.enum(addressings),
  prefix,
  jobs: z.array(z.enum(jobs)).min(1).max(jobs.length),
});

export const connectionSettings = connectionFields.extend({
  region: connectionFields.shape.region.default('us-east-1'),
  prefix: prefix.default(''),
  jobs: connectionFields.shape.jobs.default(['deliver']),
});

export const connection = z
  .object({
    id: connectionId,
    name: z.string(),
    provider: z.enum(providerIds),
    bucket: z.string(),
    region: z.string(),
    endpoint: z.string(),
    addressing: z.enum(addressings),
    prefix: z.string(),
    jobs: z.array(z.enum(jobs)),
    state: z.enum(connectionStates),
    stateSince: timestamp,
    demo: z.boolean(),
    /** Never the secret: last four of the key id, age, who set it. */
    credentials: z
      .object({ accessKeyIdHint: z.string(), setAt: timestamp, setBy: z.string(), temporary: z.boolean() })
      .nullable(),
    lastCheck: checkReport.nullable(),
    sourceCount: z.int(),
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({ id: 'Connection' });
export type Connection = z.infer<typeof connection>;

export const listConnections = operation({
  id: 'listConnections',
  method: 'GET',
  path: '/api/v1/teams/:teamId/connections',
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'Connections of a team',
  params: inTeam,
  query: listQuery,
  response: listOf(connection),
});
export const createConnection = operation({
  id: 'createConnection',
  method: 'POST',
  path: '/api/v1/teams/:teamId/connections',
  tag,
  access: 'signed-in',
  status: 201,
  summary: 'Connect a bucket',
  description: 'Credentials may be given now or later. The check runs when asked for.',
  params: inTeam,
  body: connectionSettings.extend({ credentials: accessKeyCredentials.optional() }),
  response: connection,
});
export const getConnection = operation({
  id: 'getConnection',
  method: 'GET',
  path: '/api/v1/teams/:teamId/connections/:connectionId',
  tag,
  access: 'signed-in',
  status: 200,
  versioned: true,
  summary: 'Show a connection',
  params: one,
  response: connection,
});
export const updateConnection = operation({
  id: 'updateConnection',
  method: 'PATCH',
  path: '/api/v1/teams/:teamId/connections/:connectionId',
  tag,
  access: 'signed-in',
  status: 200,
  versioned: true,
  summary: 'Edit a connection; its state becomes unverified when the bucket changes',
  params: one,
  body: connectionFields.partial(),
  response: connection,
});
export const deleteConnection = operation({
  id: 'deleteConnection',
  method: 'DELETE',
  path: '/api/v1/teams/:teamId/connections/:connectionId',
  tag,
  access: 'signed-in',
  status: 204,
  summary: 'Delete a connection; the bucket and its objects stay',
  description: 'Refused with inUse while sources stand on it, unless `cascade=true`.',
  params: one,
  query: z.object({ cascade: z.stringbool().default(false) }),
});
export const replaceCredentials = operation({
  id: 'replaceCredentials',
  method: 'PUT',
  path: '/api/v1/teams/:teamId/connections/:connectionId/credentials',
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'Overwrite the credentials',
  description:
    'The new ones are checked first; unless every needed row is ok the old ones stay and the answer is `checkFailed` with the failed rows in `errors`. `force` saves them all the same.',
  params: one,
  body: accessKeyCredentials.extend({ force: z.boolean().default(false) }),
  response: connection,
});
export const checkConnection = operation({
  id: 'checkConnection',
  method: 'POST',
  path: '/api/v1/teams/:teamId/connections/:connectionId/check',
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'Check a connection now',
  description:
    "Probes with the real credentials: the key `<prefix>.windlass-probe` is written, read and deleted. A right that none of the connection's jobs needs and that is missing shows as `skipped` and does not count.",
  params: one,
  response: checkReport,
});
