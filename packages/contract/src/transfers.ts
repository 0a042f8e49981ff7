import { z } from 'zod';
import { prefix } from './connections.ts';
import { connectionId, transferId, uploadGrantId, teamId } from './ids.ts';
import { listOf, listQuery, timestamp } from './lists.ts';
import { operation } from './operation.ts';
import { mediaType, transferStates, upload } from './uploads.ts';

const tag = 'Transfers';
const inTeam = z.object({ teamId });

/** `image/jpeg`, or all of a kind: `image/*`. */
export const mediaRange = z
  .union([mediaType, z.string().regex(/^[a-z]{1,40}\/\*$/, 'is not a media range')])
  .meta({ example: 'image/*' });

/** What a grant allows; null: no bound of its own. Bytes. */
export const uploadLimits = z.object({
  maxFiles: z.int().min(1).max(1_000_000).nullable().default(null),
  maxFileBytes: z.int().min(1).max(Number.MAX_SAFE_INTEGER).nullable().default(null),
  maxTotalBytes: z.int().min(1).max(Number.MAX_SAFE_INTEGER).nullable().default(null),
  /** Types that are taken; null: any. */
  types: z.array(mediaRange).min(1).max(50).nullable().default(null),
});
export type UploadLimits = z.output<typeof uploadLimits>;

/** What becomes of a second file of one name: refused, or stored as `name (2).jpg`. Nothing is ever overwritten. */
export const nameConflicts = ['refuse', 'rename'] as const;
export type NameConflict = (typeof nameConflicts)[number];

/** Whom a grant was made for. */
export const grantHolders = ['team', 'order'] as const;
export type GrantHolderKind = (typeof grantHolders)[number];

export const uploadGrant = z
  .object({
    id: uploadGrantId,
    connectionId,
    connectionName: z.string(),
    /** Below the connection's own prefix. */
    prefix: z.string(),
    limits: uploadLimits,
    onConflict: z.enum(nameConflicts),
    files: z.int(),
    bytes: z.int(),
    /** Name of the person; null where it was made for an order. */
    by: z.string().nullable(),
    createdAt: timestamp,
    expiresAt: timestamp,
    revokedAt: timestamp.nullable(),
  })
  .meta({ id: 'UploadGrant' });
export type UploadGrant = z.infer<typeof uploadGrant>;

export const createUploadGrant = operation({
  id: 'createUploadGrant',
  method: 'POST',
  path: '/api/v1/teams/:teamId/upload-grants',
  tag,
  access: 'signed-in',
  status: 201,
  summary: 'Let somebody upload below a prefix, for some time; the token is answered once',
  description:
    'Whoever holds the token may upload within these limits and see and cancel the uploads of this grant, and nothing else. `companionUrl` and `signUrl` are for Uppy.',
  params: inTeam,
  body: z
    .object({
      connectionId,
      prefix: prefix.default(''),
      limits: uploadLimits.prefault({}),
      onConflict: z.enum(nameConflicts).default('refuse'),
      expiresInSeconds: z.int().min(60).max(2_592_000).default(86_400),
    })
    .meta({ example: { connectionId: 'con_01kazq8v3kf2wvpn2d8m6b3c9t', prefix: 'incoming/' } }),
  response: z.object({
    grant: uploadGrant,
    /** `wu_` and 43 characters. */
    token: z.string(),
    /** For `@uppy/aws-s3`: `companionEndpoint` (6.x) or `endpoint` (5.x). */
    companionUrl: z.string(),
    /** What `signRequest` (6.x) may be fetched from. */
    signUrl: z.string(),
  }),
});

export const listUploadGrants = operation({
  id: 'listUploadGrants',
  method: 'GET',
  path: '/api/v1/teams/:teamId/upload-grants',
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'Upload grants of a team, newest first',
  params: inTeam,
  query: listQuery.extend({
    connectionId: connectionId.optional(),
    /** `team`: made by a person or an API key; `order`: by an order page, one for each order. */
    holder: z.enum(grantHolders).optional(),
    /** Only those that uploads may still be made with. */
    good: z.stringbool().optional(),
  }),
  response: listOf(uploadGrant),
});

export const revokeUploadGrant = operation({
  id: 'revokeUploadGrant',
  method: 'DELETE',
  path: '/api/v1/teams/:teamId/upload-grants/:uploadGrantId',
  tag,
  access: 'signed-in',
  status: 204,
  summary: 'End a grant now; its open uploads are aborted',
  params: inTeam.extend({ uploadGrantId }),
});

export const transfer = upload
  .omit({ put: true })
  .extend({
    connectionId,
    connectionName: z.string(),
    createdAt: timestamp,
  })
  .meta({ id: 'Transfer' });
export type Transfer = z.infer<typeof transfer>;

export const listTransfers = operation({
  id: 'listTransfers',
  method: 'GET',
  path: '/api/v1/teams/:teamId/transfers',
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'The ledger: every upload of a team, newest first',
  params: inTeam,
  query: listQuery.extend({
    connectionId: connectionId.optional(),
    state: z.enum(transferStates).optional(),
  }),
  response: listOf(transfer),
});

export const abortTransfer = operation({
  id: 'abortTransfer',
  method: 'DELETE',
  path: '/api/v1/teams/:teamId/transfers/:transferId',
  tag,
  access: 'signed-in',
  status: 204,
  summary: 'Abort an open upload of the team',
  params: inTeam.extend({ transferId }),
});
