import type { CheckGroup, CheckReport, CheckRow, CheckRowId } from '@windlass/contract';
import type { Tone } from './tone.ts';

export const checkRowWords = {
  ok: { tone: 'ok', word: 'OK' },
  failed: { tone: 'missing', word: 'Failed' },
  missing: { tone: 'missing', word: 'Missing' },
  excess: { tone: 'attention', word: 'Excess' },
  unknown: { tone: 'unknown', word: 'Unknown' },
} as const satisfies Record<CheckRow['state'], { tone: Tone; word: string }>;

export const checkGroupTitles: Record<CheckGroup, string> = {
  ground: 'Before any right',
  trust: 'The role’s trust',
  rights: 'Rights below the prefix',
  fence: 'Rights outside the prefix',
  administration: 'Administration',
  browser: 'From a browser',
};

export const checkRowTitles: Record<CheckRowId, string> = {
  reach: 'Reach the endpoint',
  credentials: 'Sign with the credentials',
  region: 'Find the region',
  trust: 'Assume the role with our external ID',
  wrongExternalId: 'Assume it with a wrong external ID',
  noExternalId: 'Assume it without an external ID',
  list: 'List objects',
  location: 'Ask for the bucket’s region',
  get: 'Read an object',
  put: 'Write an object',
  overwrite: 'Write only where nothing is yet',
  multipart: 'Upload in parts, and give up an upload',
  delete: 'Delete an object',
  encryption: 'Write encrypted',
  listOutside: 'List outside the prefix',
  getOutside: 'Read outside the prefix',
  putOutside: 'Write outside the prefix',
  listBuckets: 'List all buckets',
  readPolicy: 'Read the bucket policy',
  readAcl: 'Read the bucket’s ACL',
  readLifecycle: 'Read the lifecycle rules',
  cors: 'Read the CORS rules',
  preflight: 'CORS preflight from this page’s origin',
  browserPut: 'Upload from this browser',
  browserGet: 'Read from this browser',
  browserEtag: 'Read the ETag from this browser',
};

/** Missing and failed rows first of all, then what is too much. */
const weight: Record<CheckRow['state'], number> = { failed: 0, missing: 1, excess: 2, unknown: 3, ok: 4 };

/** The row that a person should read first; undefined when all is well. */
export const worstRow = (report: CheckReport): CheckRow | undefined =>
  report.rows
    .filter(({ state }) => state !== 'ok' && state !== 'unknown')
    .toSorted((first, second) => weight[first.state] - weight[second.state])[0];

/**
 * The sum of a report in a line.
 *
 * @example sumOf(report) // '12 ok, 1 missing, 2 unknown'
 */
export const sumOf = (report: CheckReport): string => {
  const counts = (['ok', 'failed', 'missing', 'excess', 'unknown'] as const).map(
    (state) => [state, report.rows.filter((row) => row.state === state).length] as const,
  );
  return counts
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${count} ${state}`)
    .join(', ');
};
