import { randomBytes } from 'node:crypto';
import type { SourceId, TeamId } from '@windlass/contract';
import { z } from 'zod';
import { Secret } from '../../kernel/secret.ts';
import type { Vault, VaultContext } from '../../platform/crypto/vault.ts';

/** Both in standard base64 with padding, the form that imglab's clients decode. */
export interface SourceSigningKeys {
  secureKey: Secret;
  secureSalt: Secret;
}

interface Owner {
  teamId: TeamId;
  id: SourceId;
}

const keyBytes = 32;
const sealedForm = z.object({ secureKey: z.string(), secureSalt: z.string() });

export const newSigningKeys = (): SourceSigningKeys => ({
  secureKey: new Secret(randomBytes(keyBytes).toString('base64')),
  secureSalt: new Secret(randomBytes(keyBytes).toString('base64')),
});

export const revealKeys = ({ secureKey, secureSalt }: SourceSigningKeys): z.infer<typeof sealedForm> => ({
  secureKey: secureKey.reveal(),
  secureSalt: secureSalt.reveal(),
});

export const signingKeysContext = ({ teamId, id }: Owner): VaultContext => ({
  teamId,
  recordId: id,
  field: 'signingKeys',
});

export const sealSigningKeys = (vault: Vault, owner: Owner, keys: SourceSigningKeys): string =>
  vault.seal(new Secret(JSON.stringify(revealKeys(keys))), signingKeysContext(owner));

/** @throws VaultError */
export const openSigningKeys = (vault: Vault, owner: Owner, sealed: string): SourceSigningKeys => {
  const plain = sealedForm.parse(JSON.parse(vault.open(sealed, signingKeysContext(owner)).reveal()));
  return { secureKey: new Secret(plain.secureKey), secureSalt: new Secret(plain.secureSalt) };
};
