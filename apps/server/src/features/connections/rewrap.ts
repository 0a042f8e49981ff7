import type { Vault } from '../../platform/crypto/vault.ts';
import type { Database } from '../../platform/db/index.ts';
import { credentialsContext, rotationContext } from './credentials.ts';
import { listForRewrap, replaceSealed } from './store.ts';

const batchSize = 100;

/** After a rotation of the keyring: wraps all credentials by the active key. Does nothing when nothing is to do. */
export const rewrapCredentials = async ({ db, vault }: { db: Database; vault: Vault }): Promise<number> => {
  let count = 0;
  for (;;) {
    const batch = await listForRewrap(db, vault.activeKid, batchSize);
    for (const row of batch) {
      const { credentialsSealed, rotationSealed } = row;
      await replaceSealed(db, row, {
        credentialsSealed:
          credentialsSealed === null ? null : vault.rewrap(credentialsSealed, credentialsContext(row)),
        rotationSealed: rotationSealed === null ? null : vault.rewrap(rotationSealed, rotationContext(row)),
      });
    }
    count += batch.length;
    if (batch.length < batchSize) return count;
  }
};
