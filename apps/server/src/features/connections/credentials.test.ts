import { randomBytes } from 'node:crypto';
import type { ConnectionId, TeamId } from '@windlass/contract';
import { describe, expect, it } from 'vitest';
import { newId } from '../../kernel/new-id.ts';
import { Secret } from '../../kernel/secret.ts';
import { createKeyring } from '../../platform/crypto/keyring.ts';
import { createVault, VaultError } from '../../platform/crypto/vault.ts';
import {
  credentialColumns,
  credentialsContext,
  keyOf,
  openCredentials,
  openOtherKey,
  sealCredentials,
  sealOtherKey,
  toStored,
  withKey,
  type StoredCredentials,
} from './credentials.ts';

const vault = createVault(createKeyring([{ kid: 'k1', key: randomBytes(32) }]));
const owner: { teamId: TeamId; id: ConnectionId } = { teamId: newId('team'), id: newId('con') };
const roleArn = 'arn:aws:iam::111122223333:role/windlass';
const pair = { accessKeyId: 'AKIAEXAMPLE00001234', secretAccessKey: 'a secret' };
const forms = [
  { kind: 'accessKey', ...pair, sessionToken: 'a token' },
  { kind: 'accessKey', ...pair },
  { kind: 'role', roleArn, base: pair },
  { kind: 'role', roleArn },
  { kind: 'webIdentity', roleArn },
] as const;

/** Secrets hide from comparisons as from everything else. */
const shown = (credentials: StoredCredentials) => {
  const key = keyOf(credentials);
  return {
    ...credentials,
    revealed: key === null ? null : [key.secretAccessKey.reveal(), key.sessionToken?.reveal() ?? null],
  };
};

describe('stored credentials', () => {
  it.each(forms)('come back as they were given: %o', (given) => {
    const stored = toStored(given);
    expect(shown(openCredentials(vault, owner, sealCredentials(vault, owner, stored)))).toEqual(
      shown(stored),
    );
  });

  it('open as a key pair where they were sealed before there were roles', () => {
    const old = vault.seal(
      new Secret(JSON.stringify({ ...pair, sessionToken: null })),
      credentialsContext(owner),
    );
    expect(shown(openCredentials(vault, owner, old))).toEqual(
      shown(toStored({ kind: 'accessKey', ...pair })),
    );
  });

  it('do not open in the place of the other key of a rotation, nor the other way round', () => {
    const key = keyOf(toStored(forms[1]))!;
    const other = sealOtherKey(vault, owner, { key, setAt: new Date(0) });
    expect(() => openCredentials(vault, owner, other)).toThrow(VaultError);
    expect(() => openOtherKey(vault, owner, sealCredentials(vault, owner, toStored(forms[1])))).toThrow(
      VaultError,
    );
    const opened = openOtherKey(vault, owner, other);
    expect([opened.key.secretAccessKey.reveal(), opened.setAt]).toEqual([pair.secretAccessKey, new Date(0)]);
  });

  it('tell of themselves no more than a hint', () => {
    const columns = (given: (typeof forms)[number]) => {
      const { credentialsSealed, ...told } = credentialColumns(vault, owner, toStored(given));
      expect(credentialsSealed).toMatch(/^v1\.k1\./);
      return told;
    };
    expect(columns(forms[0])).toEqual({
      credentialsKind: 'accessKey',
      accessKeyIdHint: '…1234',
      roleArn: null,
      credentialsTemporary: true,
    });
    expect(columns(forms[2])).toMatchObject({ credentialsKind: 'role', accessKeyIdHint: '…1234', roleArn });
    expect(columns(forms[4])).toMatchObject({ accessKeyIdHint: null, roleArn, credentialsTemporary: false });
  });

  it('take another key only in the place of the customer’s own', () => {
    const key = { accessKeyId: 'AKIANEW', secretAccessKey: new Secret('new'), sessionToken: null };
    const next = forms.map((given) => withKey(toStored(given), key));
    expect(next.map((one) => (one === null ? null : keyOf(one)?.accessKeyId))).toEqual([
      'AKIANEW',
      'AKIANEW',
      'AKIANEW',
      null,
      null,
    ]);
  });
});
