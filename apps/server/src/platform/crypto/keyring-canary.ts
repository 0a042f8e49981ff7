import type { Clock } from '../../kernel/clock.ts';
import { Secret } from '../../kernel/secret.ts';
import type { Database } from '../db/index.ts';
import { KeyringError, type Keyring } from './keyring.ts';
import type { Vault } from './vault.ts';

const song = 'the keyring fits this database';
const contextOf = (kid: string) => ({ teamId: 'windlass', recordId: kid, field: 'canary' });

/**
 * Refuses to start on a keyring that does not fit the database, before anything is sealed with it. Every key that
 * ever became active left a canary; each must still open.
 *
 * @throws KeyringError with the line to show the operator
 */
export const verifyKeyring = async (options: {
  db: Database;
  keyring: Keyring;
  vault: Vault;
  clock: Clock;
}): Promise<void> => {
  const { db, keyring, vault, clock } = options;
  const { activeKid } = keyring;
  const canaries = await db.selectFrom('keyringCanaries').select(['kid', 'sealed']).execute();
  for (const { kid, sealed } of canaries) {
    if (!keyring.has(kid)) {
      throw new KeyringError(
        `The database holds secrets that were sealed with the key ${kid}, and the keyring does not have it. ` +
          'Put that key back into WINDLASS_KEYRING, or the file keyring back into the data folder.',
      );
    }
    try {
      vault.open(sealed, contextOf(kid));
    } catch (error) {
      throw new KeyringError(
        `The key ${kid} of the keyring is not the ${kid} that sealed the secrets in this database. ` +
          'Give back the right WINDLASS_KEYRING, or the right file keyring in the data folder.',
        { cause: error },
      );
    }
  }
  if (canaries.some(({ kid }) => kid === activeKid)) return;
  const made = await db
    .insertInto('keyringCanaries')
    .values({
      kid: activeKid,
      sealed: vault.seal(new Secret(song), contextOf(activeKid)),
      createdAt: clock.now(),
    })
    .onConflict((conflict) => conflict.column('kid').doNothing())
    .executeTakeFirst();
  // Another process was first; its key may be another one of the same name.
  if (made.numInsertedOrUpdatedRows === 0n) await verifyKeyring(options);
};

/** Call once every record is wrapped by the active key: the old keys may then leave the keyring. */
export const retireCanaries = async (db: Database, activeKid: string): Promise<void> => {
  await db.deleteFrom('keyringCanaries').where('kid', '!=', activeKid).execute();
};
