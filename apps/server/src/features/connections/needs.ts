import type { CheckRow, CheckRowId, Job } from '@windlass/contract';
import { checkRowGroups, checkRowIds } from '@windlass/contract';

export type Need = CheckRow['needs'];

/** What each job needs of the bucket. Delivery lists so that a missing picture is 404 and not 403, and for choosing one. */
const neededBy: Record<Job, readonly CheckRowId[]> = {
  deliver: ['list', 'get'],
  ingest: ['put', 'preflight', 'browserPut', 'browserEtag'],
  process: ['list', 'get', 'put', 'multipart'],
  gallery: [
    'list',
    'get',
    'put',
    'multipart',
    'delete',
    'preflight',
    'browserPut',
    'browserGet',
    'browserEtag',
  ],
};

/** What helps a job, and whose lack is no fault. To give up an upload helps whoever may start one. */
const helpedBy: Record<Job, readonly CheckRowId[]> = {
  deliver: ['location'],
  ingest: ['multipart', 'location', 'overwrite', 'encryption', 'cors'],
  process: ['location', 'overwrite', 'encryption'],
  gallery: ['location', 'overwrite', 'encryption', 'cors'],
};

/** Rows without which nothing works. A region that can be asked for harms nobody. */
const always: ReadonlySet<CheckRowId> = new Set(['reach', 'credentials', 'region', 'trust']);
const harmless: ReadonlySet<CheckRowId> = new Set(['location', 'overwrite', 'encryption', 'cors']);

/**
 * Whether a connection with these jobs needs what the row tries.
 *
 * @example needOf('delete', ['ingest']) // 'no'
 * @example needOf('multipart', ['ingest']) // 'optional'
 */
export const needOf = (id: CheckRowId, jobs: readonly Job[]): Need => {
  if (always.has(id) || jobs.some((job) => neededBy[job].includes(id))) return 'yes';
  return harmless.has(id) || jobs.some((job) => helpedBy[job].includes(id)) ? 'optional' : 'no';
};

/** Jobs whose files a browser sends straight to the bucket. */
export const uploadsFromBrowsers = (jobs: readonly Job[]): boolean =>
  jobs.some((job) => neededBy[job].includes('browserPut'));

/** Jobs whose files a page reads straight from the bucket. */
export const readsFromBrowsers = (jobs: readonly Job[]): boolean =>
  jobs.some((job) => neededBy[job].includes('browserGet'));

/** What a write does besides writing; for whoever only reads it says nothing. */
const onlyWriters: ReadonlySet<CheckRowId> = new Set(['overwrite', 'encryption']);

/** Rows that say something about this connection: no fence around a whole bucket, no browser where no page uploads. */
export const rowsFor = (subject: {
  jobs: readonly Job[];
  prefix: string;
  /** Whether an external ID is in play. */
  external: boolean;
  /** Whether the credentials are a session of a role. */
  role: boolean;
}): CheckRowId[] =>
  checkRowIds.filter((id) => {
    switch (checkRowGroups[id]) {
      case 'ground':
      case 'administration':
        return true;
      case 'rights':
        return !onlyWriters.has(id) || needOf('put', subject.jobs) === 'yes';
      case 'trust':
        return id === 'trust' ? subject.role : subject.external;
      case 'fence':
        return subject.prefix !== '';
      case 'browser':
        return id === 'browserGet' ? readsFromBrowsers(subject.jobs) : uploadsFromBrowsers(subject.jobs);
    }
  });

/** The IAM action that decides a row; null where none does. */
export const actionOf = (id: CheckRowId): string | null => actions[id] ?? null;

// AWS: Required permissions for Amazon S3 API operations.
const actions: Partial<Record<CheckRowId, string>> = {
  trust: 'sts:AssumeRole',
  wrongExternalId: 'sts:AssumeRole',
  noExternalId: 'sts:AssumeRole',
  list: 's3:ListBucket',
  location: 's3:GetBucketLocation',
  get: 's3:GetObject',
  put: 's3:PutObject',
  overwrite: 's3:PutObject',
  multipart: 's3:AbortMultipartUpload',
  delete: 's3:DeleteObject',
  listOutside: 's3:ListBucket',
  getOutside: 's3:GetObject',
  putOutside: 's3:PutObject',
  listBuckets: 's3:ListAllMyBuckets',
  readPolicy: 's3:GetBucketPolicy',
  readAcl: 's3:GetBucketAcl',
  readLifecycle: 's3:GetLifecycleConfiguration',
  cors: 's3:GetBucketCORS',
};
