import { z } from 'zod';
import { timestamp } from './lists.ts';

export const connectionStates = ['incomplete', 'unverified', 'active', 'degraded', 'inaccessible'] as const;
export type ConnectionState = (typeof connectionStates)[number];

/** What a row of the check is about, in the order in which they are shown. */
export const checkGroups = ['ground', 'trust', 'rights', 'fence', 'administration', 'browser'] as const;
export type CheckGroup = (typeof checkGroups)[number];

/** Every row of the check, in the order in which they are shown, with its group. */
export const checkRowGroups = {
  reach: 'ground',
  credentials: 'ground',
  region: 'ground',
  trust: 'trust',
  wrongExternalId: 'trust',
  noExternalId: 'trust',
  list: 'rights',
  location: 'rights',
  get: 'rights',
  put: 'rights',
  overwrite: 'rights',
  multipart: 'rights',
  delete: 'rights',
  encryption: 'rights',
  listOutside: 'fence',
  getOutside: 'fence',
  putOutside: 'fence',
  listBuckets: 'administration',
  readPolicy: 'administration',
  readAcl: 'administration',
  readLifecycle: 'administration',
  cors: 'browser',
  preflight: 'browser',
  browserPut: 'browser',
  browserGet: 'browser',
  browserEtag: 'browser',
} as const satisfies Record<string, CheckGroup>;
export type CheckRowId = keyof typeof checkRowGroups;
// Object.keys loses the literal types that the table has.
export const checkRowIds = Object.keys(checkRowGroups) as [CheckRowId, ...CheckRowId[]];

/**
 * `ok`: needed and there, or not needed and refused. `failed`: something before all rights is wrong (endpoint, key, region).
 * `missing`: needed, and refused. `excess`: allowed, and needed by no job. `unknown`: could not be found out; the cause says why.
 */
export const checkRowStates = ['ok', 'failed', 'missing', 'excess', 'unknown'] as const;

export const checkRow = z
  .object({
    id: z.enum(checkRowIds),
    group: z.enum(checkGroups),
    state: z.enum(checkRowStates),
    /** Whether the credentials can. */
    can: z.enum(['yes', 'no', 'unknown']),
    /** Whether a job of the connection needs it; `optional`: it helps, and lacking it is no fault. */
    needs: z.enum(['yes', 'no', 'optional']),
    /** What was found, in plain words. */
    cause: z.string(),
    /** What to do next; empty when there is nothing to do. */
    next: z.string(),
    /** The IAM action that decides, e.g. `s3:PutObject`; null where none does. */
    action: z.string().nullable(),
    /** The statement to add to the policy, or to drop from it, as JSON text. */
    statement: z.object({ change: z.enum(['add', 'drop']), json: z.string() }).nullable(),
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

export const checkTriggers = ['person', 'schedule', 'browser'] as const;

export const checkReport = z
  .object({
    checkedAt: timestamp,
    trigger: z.enum(checkTriggers),
    state: z.enum(connectionStates),
    rows: z.array(checkRow),
    /** Set when the check found another region and saved it. */
    correctedRegion: z.string().nullable(),
    /** True where the credentials can do about everything in the bucket. */
    fullAccess: z.boolean(),
  })
  .meta({ id: 'CheckReport' });
export type CheckReport = z.infer<typeof checkReport>;
