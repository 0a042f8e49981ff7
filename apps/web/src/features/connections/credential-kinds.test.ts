import { describe, expect, it } from 'vitest';
import { kindsFor } from './credential-kinds.ts';

const nobody = {
  externalId: 'wl-1',
  platformPrincipal: null,
  webIdentity: null,
  origins: ['http://localhost:7400'],
};
const somebody = { ...nobody, platformPrincipal: 'arn:aws:iam::000000000000:user/windlass-server' };
const webIdentity = { issuer: 'https://windlass.example', audience: 'sts', subject: 'connection:con_1' };

describe('the kinds of credentials that are offered', () => {
  it.each(['aws', 'embedded'] as const)(
    'begin with a role at %s, where this server can assume it',
    (provider) => {
      expect(kindsFor(provider, somebody)).toEqual(['role', 'accessKey']);
      expect(kindsFor(provider, nobody)).toEqual(['accessKey', 'role']);
      expect(kindsFor(provider, undefined)).toEqual(['accessKey', 'role']);
    },
  );

  // We assume no role by ourselves that anybody may assume, and these do not tell an external ID, or nobody knows.
  it.each(['minio', 'ceph', 'wasabi', 'other'] as const)('begin with a key at %s', (provider) => {
    expect(kindsFor(provider, somebody)[0]).toBe('accessKey');
    expect(kindsFor(provider, somebody)).toContain('role');
  });

  it.each(['r2', 'b2', 'spaces'] as const)('are keys alone at %s, which has no roles', (provider) => {
    expect(kindsFor(provider, { ...somebody, webIdentity })).toEqual(['accessKey']);
  });

  it('have web identity where the provider takes tokens and can fetch our keys', () => {
    expect(kindsFor('embedded', { ...somebody, webIdentity })).toEqual(['role', 'webIdentity', 'accessKey']);
    expect(kindsFor('wasabi', { ...somebody, webIdentity })).not.toContain('webIdentity');
  });
});
