import { checkRowGroups, connectionStates, type CheckReport, type CheckRow } from '@windlass/contract';
import { describe, expect, it } from 'vitest';
import { connectionStateWords, needsPerson, whyOf } from './connection-state.ts';

const row = (id: CheckRow['id'], state: CheckRow['state'], cause: string): CheckRow => ({
  id,
  group: checkRowGroups[id],
  state,
  can: 'unknown',
  needs: 'yes',
  cause,
  next: '',
  action: null,
  statement: null,
  details: null,
  durationMilliseconds: 4,
});
const reportOf = (...rows: CheckRow[]): CheckReport => ({
  checkedAt: '2026-11-23T09:00:00.000Z',
  trigger: 'person',
  state: 'degraded',
  correctedRegion: null,
  fullAccess: false,
  rows,
});
const report = reportOf(
  row('reach', 'ok', 'Answered.'),
  row('delete', 'excess', 'Allowed.'),
  row('put', 'missing', 's3:PutObject is denied.'),
);

describe('the states of a connection', () => {
  it('have each a word of their own', () => {
    const words = connectionStates.map((state) => connectionStateWords[state].word);
    expect(new Set(words).size).toBe(connectionStates.length);
  });

  it.each([
    ['incomplete', true],
    ['unverified', false],
    ['active', false],
    ['degraded', true],
    ['inaccessible', true],
  ] as const)('%s needs a person: %s', (state, expected) => expect(needsPerson({ state })).toBe(expected));

  it('tell what is missing before what is too much', () => {
    expect(whyOf('degraded', report)).toBe('Write an object: s3:PutObject is denied.');
  });

  it('say of a bucket that works what it has too much', () => {
    const excess = reportOf(row('delete', 'excess', 'Allowed.'));
    expect(whyOf('active', excess)).toContain('delete an object');
    expect(whyOf('active', { ...excess, fullAccess: true })).toContain('everything in the bucket');
    expect(whyOf('active', reportOf(row('put', 'unknown', 'Not tried.')))).toBe(
      connectionStateWords.active.why,
    );
  });

  it('do not blame an old report when the state has moved on', () => {
    expect(whyOf('unverified', report)).toBe(connectionStateWords.unverified.why);
    expect(whyOf('inaccessible', null)).toBe(connectionStateWords.inaccessible.why);
  });
});
