import type { CheckReport, CheckRow, CheckRowId, Connection, ConnectionState, Job } from '@windlass/contract';

/** The four tones in which every state is shown; `attention` is the one warm colour. */
export const tones = ['ok', 'missing', 'attention', 'unknown'] as const;
export type Tone = (typeof tones)[number];

interface StateWords {
  tone: Tone;
  word: string;
  why: string;
}

export const connectionStateWords = {
  incomplete: { tone: 'attention', word: 'Incomplete', why: 'It has no credentials yet.' },
  unverified: { tone: 'unknown', word: 'Unverified', why: 'No check has run with the current settings.' },
  active: { tone: 'ok', word: 'Active', why: 'Every row of the last check was fine.' },
  degraded: {
    tone: 'attention',
    word: 'Degraded',
    why: 'The bucket answers, but a right or setting is missing.',
  },
  inaccessible: { tone: 'missing', word: 'Inaccessible', why: 'The bucket cannot be used at all.' },
} as const satisfies Record<ConnectionState, StateWords>;

export const checkRowWords = {
  ok: { tone: 'ok', word: 'OK' },
  failed: { tone: 'missing', word: 'Failed' },
  skipped: { tone: 'unknown', word: 'Skipped' },
} as const satisfies Record<CheckRow['state'], { tone: Tone; word: string }>;

export const checkRowTitles: Record<CheckRowId, string> = {
  reach: 'Reach the endpoint',
  credentials: 'Sign with the credentials',
  region: 'Find the region',
  list: 'List objects',
  put: 'Write an object',
  get: 'Read it back',
  delete: 'Delete it',
};

export const jobWords: Record<Job, { word: string; about: string }> = {
  deliver: { word: 'Deliver', about: 'Serve images from the bucket. Reads only.' },
  ingest: { word: 'Ingest', about: 'Take in uploads. Writes only.' },
  process: { word: 'Process', about: 'Read originals and write what is made of them.' },
  gallery: { word: 'Gallery', about: 'Browse, add and remove: reads, writes and deletes.' },
};

/** Why a connection is in its state: the first failed row says it best. */
export const whyOf = (state: ConnectionState, lastCheck: CheckReport | null): string => {
  const failed = lastCheck?.rows.find((row) => row.state === 'failed');
  if (failed !== undefined && (state === 'degraded' || state === 'inaccessible')) {
    return `${checkRowTitles[failed.id]}: ${failed.cause}`;
  }
  return connectionStateWords[state].why;
};

/** Does a person have to do something about it? */
export const needsPerson = ({ state }: Pick<Connection, 'state'>): boolean => {
  const { tone } = connectionStateWords[state];
  return tone === 'attention' || tone === 'missing';
};
