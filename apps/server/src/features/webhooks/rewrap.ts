import type { Vault } from '../../platform/crypto/vault.ts';
import type { Database } from '../../platform/db/index.ts';
import { signingSecretsContext } from './signing-secrets.ts';
import { listForRewrap, replaceSealed } from './store.ts';

const batchSize = 100;

/** After a rotation of the keyring: wraps all signing secrets by the active key. Does nothing when nothing is to do. */
export const rewrapSigningSecrets = async ({
  db,
  vault,
}: {
  db: Database;
  vault: Vault;
}): Promise<number> => {
  let count = 0;
  for (;;) {
    const batch = await listForRewrap(db, vault.activeKid, batchSize);
    for (const row of batch) {
      await replaceSealed(
        db,
        row,
        row.secretsSealed,
        vault.rewrap(row.secretsSealed, signingSecretsContext(row)),
      );
    }
    count += batch.length;
    if (batch.length < batchSize) return count;
  }
};
