import type { OperationInput, rotateSigningKeys } from '@windlass/contract';
import type { Actor } from '../../../kernel/actor.ts';
import type { Clock } from '../../../kernel/clock.ts';
import type { Vault } from '../../../platform/crypto/vault.ts';
import type { Database } from '../../../platform/db/index.ts';
import type { TeamAccess } from '../../teams/index.ts';
import { missingSource } from '../missing.ts';
import { sourcePolicy } from '../policy.ts';
import { changeSource, lockSource, type SourceChange } from '../store.ts';
import { listForRewrap, replaceSealed, forgetEndedKeys } from './key-store.ts';
import {
  keySlots,
  keysContext,
  newSigningKeys,
  openSigningKeys,
  sealSigningKeys,
  type SourceSigningKeys,
} from './signing-keys.ts';

type At = OperationInput<typeof rotateSigningKeys>['params'];

/** The new pair, shown once to whoever did not bring it, and until when the old one is accepted beside it. */
export interface RotatedKeys {
  /** Null where the caller brought it. */
  keys: SourceSigningKeys | null;
  previousUntil: Date | null;
}

export interface KeyRotation {
  /**
   * The pair before the current one goes at once, also when its time is not over yet: there are never three.
   *
   * @param options.given a pair that was made elsewhere; absent: a new one is made
   */
  rotateKeys(
    actor: Actor,
    at: At,
    options: { overlapSeconds: number; given?: SourceSigningKeys | undefined },
  ): Promise<RotatedKeys>;
  /** Ends the overlap now; where there is none, nothing changes. */
  endKeyOverlap(actor: Actor, at: At): Promise<void>;
  /** For housekeeping: deletes pairs whose time is over, of all teams. @returns how many */
  forgetEndedKeys(): Promise<number>;
  /** For rotation of the keyring: wraps all pairs by the active key. Call it at start; it does nothing when nothing is to do. */
  rewrapSigningKeys(): Promise<number>;
}

export const createKeyRotation = (deps: {
  db: Database;
  access: TeamAccess;
  vault: Vault;
  clock: Clock;
  /** What this process knows of the source by its name is out of date. */
  forget(name: string): void;
  told(actor: Actor, at: At, message: string): void;
}): KeyRotation => {
  const { db, access, vault, clock, forget, told } = deps;

  const rewrapSlot = async (slot: (typeof keySlots)[number]): Promise<number> => {
    let count = 0;
    for (;;) {
      const batch = await listForRewrap(db, slot, vault.activeKid, 100);
      for (const row of batch) {
        await replaceSealed(db, row, slot, row.sealed, vault.rewrap(row.sealed, keysContext(row, slot)));
      }
      count += batch.length;
      if (batch.length < 100) return count;
    }
  };

  return {
    rotateKeys: async (actor, at, { overlapSeconds, given }) => {
      await access.require(actor, at.teamId, sourcePolicy.rotateKeys);
      const keys = given ?? newSigningKeys();
      const { name, previousUntil } = await db.transaction().execute(async (transaction) => {
        const row = (await lockSource(transaction, at.teamId, at.sourceId)) ?? missingSource();
        const now = clock.now();
        const until = new Date(now.getTime() + overlapSeconds * 1000);
        const previous: SourceChange =
          row.signingKeysSealed === null || overlapSeconds === 0
            ? noPrevious
            : {
                previousSigningKeysSealed: sealSigningKeys(
                  vault,
                  row,
                  openSigningKeys(vault, row, row.signingKeysSealed),
                  'previousSigningKeys',
                ),
                previousSigningKeysUntil: until,
              };
        await changeSource(
          transaction,
          { teamId: at.teamId, id: at.sourceId, now },
          { signingKeysSealed: sealSigningKeys(vault, row, keys), signingKeysSetAt: now, ...previous },
        );
        return { name: row.name, previousUntil: previous === noPrevious ? null : until };
      });
      forget(name);
      told(actor, at, given === undefined ? 'Signing keys rotated' : 'Signing keys of the caller taken');
      return { keys: given === undefined ? keys : null, previousUntil };
    },

    endKeyOverlap: async (actor, at) => {
      await access.require(actor, at.teamId, sourcePolicy.rotateKeys);
      const name = await db.transaction().execute(async (transaction) => {
        const row = (await lockSource(transaction, at.teamId, at.sourceId)) ?? missingSource();
        if (row.previousSigningKeysSealed !== null) {
          await changeSource(
            transaction,
            { teamId: at.teamId, id: at.sourceId, now: clock.now() },
            noPrevious,
          );
        }
        return row.name;
      });
      forget(name);
      told(actor, at, 'Overlap of signing keys ended');
    },

    forgetEndedKeys: () => forgetEndedKeys(db, clock.now()),

    rewrapSigningKeys: async () => {
      let count = 0;
      for (const slot of keySlots) count += await rewrapSlot(slot);
      return count;
    },
  };
};

const noPrevious: SourceChange = { previousSigningKeysSealed: null, previousSigningKeysUntil: null };
