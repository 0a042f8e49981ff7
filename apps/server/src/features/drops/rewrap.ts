import type { Vault } from '../../platform/crypto/vault.ts';
import type { Database } from '../../platform/db/index.ts';
import { listForRewrap, replaceSealed } from './drop-store.ts';
import { hcaptchaSecretContext, pageKeyContext } from './page-keys.ts';

const batchSize = 100;
const contexts = { pageKeySealed: pageKeyContext, hcaptchaSecretSealed: hcaptchaSecretContext } as const;

/** After a rotation of the keyring: wraps all secrets of pages by the active key. @returns of how many pages */
export const rewrapDropSecrets = async ({ db, vault }: { db: Database; vault: Vault }): Promise<number> => {
  let count = 0;
  for (;;) {
    const batch = await listForRewrap(db, vault.activeKid, batchSize);
    for (const row of batch) {
      for (const column of ['pageKeySealed', 'hcaptchaSecretSealed'] as const) {
        const from = row[column];
        if (from === null) continue;
        await replaceSealed(db, row, column, { from, to: vault.rewrap(from, contexts[column](row)) });
      }
    }
    count += batch.length;
    if (batch.length < batchSize) return count;
  }
};
