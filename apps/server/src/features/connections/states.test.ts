import { connectionStates } from '@windlass/contract';
import { describe, expect, it } from 'vitest';
import { connectionEvents, nextState } from './states.ts';

describe('nextState', () => {
  it.each([
    ['incomplete', ['credentialsSet'], 'unverified'],
    ['incomplete', ['credentialsSet', 'checkPassed'], 'active'],
    ['incomplete', ['checkPassed'], 'incomplete'],
    ['unverified', ['checkPartly'], 'degraded'],
    ['active', ['checkFailed'], 'inaccessible'],
    ['active', ['settingsChanged'], 'unverified'],
    ['inaccessible', ['checkPassed'], 'active'],
    ['degraded', ['credentialsSet'], 'unverified'],
  ] as const)('%s after %j is %s', (state, events, expected) => {
    expect(nextState(state, ...events)).toBe(expected);
  });

  it('never calls a bucket healthy without a passed check', () => {
    const ways = connectionStates.flatMap((state) => connectionEvents.map((event) => ({ state, event })));
    const toActive = ways.filter(({ state, event }) => nextState(state, event) === 'active');
    expect(new Set(toActive.map(({ event }) => event))).toEqual(new Set(['checkPassed']));
  });
});
