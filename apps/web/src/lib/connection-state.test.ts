import { connectionStates, type CheckReport } from '@windlass/contract';
import { describe, expect, it } from 'vitest';
import { connectionStateWords, needsPerson, whyOf } from './connection-state.ts';

const report: CheckReport = {
  checkedAt: '2026-11-23T09:00:00.000Z',
  state: 'degraded',
  correctedRegion: null,
  rows: [
    { id: 'reach', state: 'ok', cause: 'Answered.', next: '', details: null, durationMilliseconds: 4 },
    {
      id: 'put',
      state: 'failed',
      cause: 's3:PutObject is denied.',
      next: 'Add it.',
      details: null,
      durationMilliseconds: 9,
    },
  ],
};

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

  it('tell the first failed row as the reason', () => {
    expect(whyOf('degraded', report)).toBe('Write an object: s3:PutObject is denied.');
  });

  it('do not blame an old report when the state has moved on', () => {
    expect(whyOf('unverified', report)).toBe(connectionStateWords.unverified.why);
    expect(whyOf('inaccessible', null)).toBe(connectionStateWords.inaccessible.why);
  });
});
