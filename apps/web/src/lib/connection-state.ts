import type { CheckReport, Connection, ConnectionState, Job } from '@windlass/contract';
import { checkRowTitles, worstRow } from './check-words.ts';
import type { Tone } from './tone.ts';

interface StateWords {
  tone: Tone;
  word: string;
  why: string;
}

export const connectionStateWords = {
  incomplete: { tone: 'attention', word: 'Incomplete', why: 'It has no credentials yet.' },
  unverified: { tone: 'unknown', word: 'Unverified', why: 'No check has run with the current settings.' },
  active: { tone: 'ok', word: 'Active', why: 'Everything that its jobs need works.' },
  degraded: {
    tone: 'attention',
    word: 'Degraded',
    why: 'The bucket answers, but a right or setting is missing.',
  },
  inaccessible: { tone: 'missing', word: 'Inaccessible', why: 'The bucket cannot be used at all.' },
} as const satisfies Record<ConnectionState, StateWords>;

export const jobWords: Record<Job, { word: string; about: string }> = {
  deliver: { word: 'Deliver', about: 'Serve images from the bucket. Reads only.' },
  ingest: { word: 'Ingest', about: 'Take in uploads. Writes only.' },
  process: { word: 'Process', about: 'Read originals and write what is made of them.' },
  gallery: { word: 'Gallery', about: 'Browse, add and remove: reads, writes and deletes.' },
};

/** Why a connection is in its state: the worst row of its last check says it best. */
export const whyOf = (state: ConnectionState, lastCheck: CheckReport | null): string => {
  const worst = lastCheck === null ? undefined : worstRow(lastCheck);
  if (worst === undefined || state === 'incomplete' || state === 'unverified') {
    return connectionStateWords[state].why;
  }
  const broken = worst.state === 'failed' || worst.state === 'missing';
  if (broken && state !== 'active') return `${checkRowTitles[worst.id]}: ${worst.cause}`;
  if (lastCheck?.fullAccess === true) return 'It works, but the credentials can do everything in the bucket.';
  return worst.state === 'excess'
    ? `It works, but the credentials can do more than is needed: ${checkRowTitles[worst.id].toLowerCase()}.`
    : connectionStateWords[state].why;
};

/** Does a person have to do something about it? */
export const needsPerson = ({ state }: Pick<Connection, 'state'>): boolean => {
  const { tone } = connectionStateWords[state];
  return tone === 'attention' || tone === 'missing';
};
