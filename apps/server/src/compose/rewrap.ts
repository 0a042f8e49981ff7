import { retireCanaries } from '../platform/crypto/keyring-canary.ts';
import type { Features } from './features.ts';
import type { Foundation } from './foundation.ts';

/**
 * After a key rotation: wraps every stored secret by the active key. Nothing is to do at most starts. The old keys
 * may leave the keyring once this was logged.
 */
export const rewrapSecrets = async (
  { db, log, vault }: Foundation,
  { connections, sources, webhooks, issuer }: Features,
): Promise<void> => {
  const credentials = await connections.rewrapCredentials();
  const signingKeys = await sources.rewrapSigningKeys();
  const identityKeys = await issuer.rewrapKeys();
  const webhookSecrets = await webhooks.rewrapSigningSecrets();
  await retireCanaries(db, vault.activeKid);
  if (credentials + signingKeys + identityKeys + webhookSecrets === 0) return;
  log.info(
    { credentials, signingKeys, identityKeys, webhookSecrets, key: vault.activeKid },
    'secrets were wrapped by the active key',
  );
};
