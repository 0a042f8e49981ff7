import { retireCanaries } from '../platform/crypto/keyring-canary.ts';
import type { Features } from './features.ts';
import type { Foundation } from './foundation.ts';

/**
 * After a key rotation: wraps every stored secret by the active key. Nothing is to do at most starts. The old keys
 * may leave the keyring once this was logged.
 */
export const rewrapSecrets = async (
  { db, log, vault }: Foundation,
  { connections, sources, webhooks, drops, issuer }: Features,
): Promise<void> => {
  const credentials = await connections.rewrapCredentials();
  const signingKeys = await sources.rewrapSigningKeys();
  const identityKeys = await issuer.rewrapKeys();
  const webhookSecrets = await webhooks.rewrapSigningSecrets();
  const orderPages = await drops.rewrapSecrets();
  await retireCanaries(db, vault.activeKid);
  if (credentials + signingKeys + identityKeys + webhookSecrets + orderPages === 0) return;
  log.info(
    { credentials, signingKeys, identityKeys, webhookSecrets, orderPages, key: vault.activeKid },
    'secrets were wrapped by the active key',
  );
};
