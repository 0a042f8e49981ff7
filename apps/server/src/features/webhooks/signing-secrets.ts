import { randomBytes } from 'node:crypto';
import type { TeamId, WebhookId } from '@windlass/contract';
import { z } from 'zod';
import { Secret } from '../../kernel/secret.ts';
import type { Vault, VaultContext } from '../../platform/crypto/vault.ts';
import { secretPrefix } from './signature.ts';

/** The secret that signs, and the one before it while that signs too. */
export interface SigningSecrets {
  current: Secret;
  previous: Secret | null;
}

interface Owner {
  teamId: TeamId;
  id: WebhookId;
}

/** Standard Webhooks asks for 24 to 64 bytes. */
const secretBytes = 32;
const sealedForm = z.object({ current: z.string(), previous: z.string().nullable() });

/** As Standard Webhooks writes them: `whsec_` and base64. */
export const newSigningSecret = (): Secret =>
  new Secret(secretPrefix + randomBytes(secretBytes).toString('base64'));

/** What the seal of a webhook's secrets is bound to. */
export const signingSecretsContext = ({ teamId, id }: Owner): VaultContext => ({
  teamId,
  recordId: id,
  field: 'signingSecrets',
});

export const sealSigningSecrets = (
  vault: Vault,
  owner: Owner,
  { current, previous }: SigningSecrets,
): string => {
  const plain: z.infer<typeof sealedForm> = {
    current: current.reveal(),
    previous: previous?.reveal() ?? null,
  };
  return vault.seal(new Secret(JSON.stringify(plain)), signingSecretsContext(owner));
};

/** @throws VaultError */
export const openSigningSecrets = (vault: Vault, owner: Owner, sealed: string): SigningSecrets => {
  const plain = sealedForm.parse(JSON.parse(vault.open(sealed, signingSecretsContext(owner)).reveal()));
  return {
    current: new Secret(plain.current),
    previous: plain.previous === null ? null : new Secret(plain.previous),
  };
};
