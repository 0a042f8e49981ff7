import { expect, it } from 'vitest';
import { oidcFailureWords } from './oidc-failure.ts';

it('has words for a known failure', () => {
  expect(oidcFailureWords('oidcNotInvited')?.next).toContain('invitation');
});

it('says something general for what it does not know', () => {
  expect(oidcFailureWords('constructor')).toEqual(oidcFailureWords('oidcFailed'));
});

it('says nothing without a failure', () => expect(oidcFailureWords(undefined)).toBeNull());
