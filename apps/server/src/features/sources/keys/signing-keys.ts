import { randomBytes } from 'node:crypto';
import type { SourceId, TeamId } from '@windlass/contract';
import { z } from 'zod';
import { Secret } from '../../../kernel/secret.ts';
import type { Vault, VaultContext } from '../../../platform/crypto/vault.ts';

/** Both in standard base64 with padding, the form that imglab's clients decode. */
export interface SourceSigningKeys {
  secureKey: Secret;
  secureSalt: Secret;
}

/** Where a pair lies: the one that signs, and the one before it while that is accepted too. */
export const keySlots = ['signingKeys', 'previousSigningKeys'] as const;
export type KeySlot = (typeof keySlots)[number];

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

/**
 * A pair that was made elsewhere, in the one form that is kept: whichever base64 it came in, it signs the same.
 *
 * @example takenSigningKeys({ secureKey: 'c2VjcmV0LXNlY3JldA', secureSalt: '-_-_-_-_-_-_-_-_' }).secureSalt.reveal() // '+/+/+/+/+/+/+/+/'
 */
export const takenSigningKeys = ({
  secureKey,
  secureSalt,
}: z.infer<typeof sealedForm>): SourceSigningKeys => ({
  secureKey: standardBase64(secureKey),
  secureSalt: standardBase64(secureSalt),
});

/** Node reads both alphabets, with and without padding. */
const standardBase64 = (text: string): Secret => new Secret(Buffer.from(text, 'base64').toString('base64'));

export const revealKeys = ({ secureKey, secureSalt }: SourceSigningKeys): z.infer<typeof sealedForm> => ({
  secureKey: secureKey.reveal(),
  secureSalt: secureSalt.reveal(),
});

/** What the seal of a pair is bound to: one that is moved to the other slot does not open. */
export const keysContext = ({ teamId, id }: Owner, slot: KeySlot): VaultContext => ({
  teamId,
  recordId: id,
  field: slot,
});

export const sealSigningKeys = (
  vault: Vault,
  owner: Owner,
  keys: SourceSigningKeys,
  slot: KeySlot = 'signingKeys',
): string => vault.seal(new Secret(JSON.stringify(revealKeys(keys))), keysContext(owner, slot));

/** @throws VaultError */
export const openSigningKeys = (
  vault: Vault,
  owner: Owner,
  sealed: string,
  slot: KeySlot = 'signingKeys',
): SourceSigningKeys => {
  const plain = sealedForm.parse(JSON.parse(vault.open(sealed, keysContext(owner, slot)).reveal()));
  return { secureKey: new Secret(plain.secureKey), secureSalt: new Secret(plain.secureSalt) };
};
