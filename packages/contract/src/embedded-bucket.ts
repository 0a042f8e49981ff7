import { z } from 'zod';
import { teamId } from './ids.ts';
import { timestamp } from './lists.ts';
import { operation } from './operation.ts';

const tag = 'Embedded bucket';
const inTeam = z.object({ teamId });
const base = '/api/v1/teams/:teamId/embedded-bucket';

/** IAM: names of users and roles. */
const identityName = z
  .string()
  .regex(/^[\w+=,.@-]{1,64}$/, 'takes 1 to 64 letters, digits and any of _+=,.@-')
  .meta({ example: 'ingest' });
/** IAM: names of inline policies. */
const policyName = z
  .string()
  .regex(/^[\w+=,.@-]{1,128}$/, 'takes 1 to 128 letters, digits and any of _+=,.@-')
  .meta({ example: 'write' });
const embeddedBucketName = z.string().min(1).max(63).meta({ example: 'demo' });
/** JSON as it was written; read and judged by the bucket. S3: 20 KB. */
const document = z
  .string()
  .max(20 * 1024)
  .meta({ example: '{"Version":"2012-10-17","Statement":[]}' });
/** Users and roles carry policies in the same way. */
const holder = z.enum(['users', 'roles']);

const user = inTeam.extend({ userName: identityName });
const key = user.extend({ accessKeyId: z.string().max(128).meta({ example: 'WLAKIOSFODNN7EXAMPLE' }) });
const role = inTeam.extend({ roleName: identityName });
const policy = inTeam.extend({ holder, holderName: identityName, policyName });
const bucket = inTeam.extend({ bucketName: embeddedBucketName });

const namedPolicy = z.object({ name: z.string(), document: z.string() });

export const embeddedKey = z.object({
  accessKeyId: z.string(),
  active: z.boolean(),
  createdAt: timestamp.nullable(),
  /** Since the server began. */
  lastUsedAt: timestamp.nullable(),
});
export type EmbeddedKey = z.infer<typeof embeddedKey>;

export const embeddedUser = z
  .object({
    name: z.string(),
    arn: z.string(),
    /** What it may before any policy is asked. */
    standing: z.enum(['administrator', 'owner', 'policies']),
    /** This server's own user, which cannot be changed here. */
    own: z.boolean(),
    createdAt: timestamp.nullable(),
    keys: z.array(embeddedKey),
    policies: z.array(namedPolicy),
  })
  .meta({ id: 'EmbeddedUser' });
export type EmbeddedUser = z.infer<typeof embeddedUser>;

export const embeddedRole = z
  .object({
    name: z.string(),
    arn: z.string(),
    createdAt: timestamp,
    trustPolicy: z.string(),
    policies: z.array(namedPolicy),
  })
  .meta({ id: 'EmbeddedRole' });
export type EmbeddedRole = z.infer<typeof embeddedRole>;

export const embeddedBucket = z
  .object({ name: z.string(), policy: z.string().nullable(), publicAccessBlocked: z.boolean() })
  .meta({ id: 'EmbeddedBucket' });
export type EmbeddedBucket = z.infer<typeof embeddedBucket>;

export const embeddedAccount = z
  .object({
    endpoint: z.string(),
    region: z.string(),
    accountId: z.string().meta({ example: '000000000000' }),
    users: z.array(embeddedUser),
    roles: z.array(embeddedRole),
    buckets: z.array(embeddedBucket),
  })
  .meta({ id: 'EmbeddedAccount' });
export type EmbeddedAccount = z.infer<typeof embeddedAccount>;

export const getEmbeddedBucket = operation({
  id: 'getEmbeddedBucket',
  method: 'GET',
  path: base,
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'The account of the embedded bucket: users, roles, buckets and their policies',
  description:
    'Null where the embedded bucket is off, and for every team but the one that the first start made; the other calls then answer `notFound`.',
  params: inTeam,
  response: z.object({ account: embeddedAccount.nullable() }),
});
export const createEmbeddedUser = operation({
  id: 'createEmbeddedUser',
  method: 'POST',
  path: `${base}/users`,
  tag,
  access: 'signed-in',
  status: 201,
  summary: 'Make a user that may nothing yet',
  params: inTeam,
  body: z.object({ name: identityName }),
  response: embeddedUser,
});
export const deleteEmbeddedUser = operation({
  id: 'deleteEmbeddedUser',
  method: 'DELETE',
  path: `${base}/users/:userName`,
  tag,
  access: 'signed-in',
  status: 204,
  summary: 'Delete a user with its keys and policies',
  params: user,
});
export const createEmbeddedKey = operation({
  id: 'createEmbeddedKey',
  method: 'POST',
  path: `${base}/users/:userName/keys`,
  tag,
  access: 'signed-in',
  status: 201,
  summary: 'Make an access key; its secret is answered once',
  params: user,
  response: z.object({ accessKeyId: z.string(), secretAccessKey: z.string() }),
});
export const updateEmbeddedKey = operation({
  id: 'updateEmbeddedKey',
  method: 'PATCH',
  path: `${base}/users/:userName/keys/:accessKeyId`,
  tag,
  access: 'signed-in',
  status: 204,
  summary: 'Switch an access key off or on',
  params: key,
  body: z.object({ active: z.boolean() }),
});
export const deleteEmbeddedKey = operation({
  id: 'deleteEmbeddedKey',
  method: 'DELETE',
  path: `${base}/users/:userName/keys/:accessKeyId`,
  tag,
  access: 'signed-in',
  status: 204,
  summary: 'Delete an access key',
  params: key,
});
export const createEmbeddedRole = operation({
  id: 'createEmbeddedRole',
  method: 'POST',
  path: `${base}/roles`,
  tag,
  access: 'signed-in',
  status: 201,
  summary: 'Make a role; its trust policy says who may assume it',
  params: inTeam,
  body: z.object({ name: identityName, trustPolicy: document }),
  response: embeddedRole,
});
export const putEmbeddedTrustPolicy = operation({
  id: 'putEmbeddedTrustPolicy',
  method: 'PUT',
  path: `${base}/roles/:roleName/trust-policy`,
  tag,
  access: 'signed-in',
  status: 204,
  summary: 'Replace the trust policy of a role',
  params: role,
  body: z.object({ document }),
});
export const deleteEmbeddedRole = operation({
  id: 'deleteEmbeddedRole',
  method: 'DELETE',
  path: `${base}/roles/:roleName`,
  tag,
  access: 'signed-in',
  status: 204,
  summary: 'Delete a role with its policies; its sessions end',
  params: role,
});
export const putEmbeddedPolicy = operation({
  id: 'putEmbeddedPolicy',
  method: 'PUT',
  path: `${base}/:holder/:holderName/policies/:policyName`,
  tag,
  access: 'signed-in',
  status: 204,
  summary: 'Add or replace an inline policy of a user or role',
  params: policy,
  body: z.object({ document }),
});
export const deleteEmbeddedPolicy = operation({
  id: 'deleteEmbeddedPolicy',
  method: 'DELETE',
  path: `${base}/:holder/:holderName/policies/:policyName`,
  tag,
  access: 'signed-in',
  status: 204,
  summary: 'Delete an inline policy',
  params: policy,
});
export const putEmbeddedBucketPolicy = operation({
  id: 'putEmbeddedBucketPolicy',
  method: 'PUT',
  path: `${base}/buckets/:bucketName/policy`,
  tag,
  access: 'signed-in',
  status: 204,
  summary: 'Replace the policy of a bucket; null takes it away',
  params: bucket,
  body: z.object({ document: document.nullable() }),
});
export const putEmbeddedPublicAccess = operation({
  id: 'putEmbeddedPublicAccess',
  method: 'PUT',
  path: `${base}/buckets/:bucketName/public-access`,
  tag,
  access: 'signed-in',
  status: 204,
  summary: 'Block public access to a bucket, or no longer',
  params: bucket,
  body: z.object({ blocked: z.boolean() }),
});

const place = z.object({
  policy: z.string(),
  policyIndex: z.int(),
  statementIndex: z.int(),
  sid: z.string().nullable(),
});

export const tryEmbeddedRequest = operation({
  id: 'tryEmbeddedRequest',
  method: 'POST',
  path: `${base}/trials`,
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'What would be decided on a request; nothing is done',
  params: inTeam,
  body: z.object({
    principal: z.union([
      z.literal('anonymous'),
      z.object({ user: identityName }),
      z.object({ role: identityName, sessionPolicy: document.optional() }),
    ]),
    action: z.string().max(128).meta({ example: 's3:PutObject' }),
    resource: z.string().max(2048).meta({ example: 'arn:aws:s3:::demo/a.jpg' }),
    /** Condition keys beside those that follow from the principal. */
    context: z.record(z.string().max(128), z.string().max(2048)).default({}),
  }),
  response: z.object({
    decision: z.enum(['Allowed', 'ExplicitlyDenied', 'ImplicitlyDenied']),
    reason: z.string(),
    decidedBy: place.nullable(),
    trace: z.array(
      place.extend({ effect: z.enum(['Allow', 'Deny']), matched: z.boolean(), sentence: z.string() }),
    ),
  }),
});
