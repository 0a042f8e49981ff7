import { z } from 'zod';
import { checkReport, connectionStates } from './checks.ts';
import { credentialFacts, credentialsInput } from './credentials.ts';
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

/** Choices for the hours between two scheduled checks. */
export const checkIntervals = [0, 1, 6, 24] as const;

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
  /** Hours between two scheduled checks; 0: only when asked for. */
  checkEveryHours: z.literal(checkIntervals),
});

export const connectionSettings = connectionFields.extend({
  region: connectionFields.shape.region.default('us-east-1'),
  prefix: prefix.default(''),
  jobs: connectionFields.shape.jobs.default(['deliver']),
  checkEveryHours: connectionFields.shape.checkEveryHours.default(24),
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
    checkEveryHours: z.literal(checkIntervals),
    /** Made by us for this connection; a role's trust policy asks for it. Not a secret (AWS: confused deputy). */
    externalId: z.string(),
    /** Never a secret. */
    credentials: credentialFacts.nullable(),
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
  body: connectionSettings.extend({ credentials: credentialsInput.optional() }),
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
  description:
    'Refused with inUse while sources or order pages stand on it, orders have files there, or uploads to it are under way, unless `cascade=true`. Its sources and its order pages with their orders go with it; orders of other pages stay, without a place for their files. Its upload grants and its part of the ledger of transfers go with it; the bucket is left as it is.',
  params: one,
  query: z.object({ cascade: z.stringbool().default(false) }),
});
