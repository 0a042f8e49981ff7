import type { Vault } from '../../../platform/crypto/vault.ts';
import type { SourceRow } from '../store.ts';
import { openSigningKeys, type SourceSigningKeys } from './signing-keys.ts';

type KeyColumns = Pick<
  SourceRow,
  'id' | 'teamId' | 'secured' | 'signingKeysSealed' | 'previousSigningKeysSealed' | 'previousSigningKeysUntil'
>;

/** Until when the pair before the last rotation is accepted; null where it is not, or no longer. */
export const overlapEnd = (
  { previousSigningKeysUntil: until }: Pick<KeyColumns, 'previousSigningKeysUntil'>,
  now: Date,
): Date | null => (until !== null && until > now ? until : null);

/** The pair that signs; null where the source is open to everybody. */
export const currentKeys = (vault: Vault, row: KeyColumns): SourceSigningKeys | null =>
  row.secured && row.signingKeysSealed !== null ? openSigningKeys(vault, row, row.signingKeysSealed) : null;

/** Every pair whose signature is accepted, the one that signs first; empty where the source is open to everybody. */
export const keysInForce = (vault: Vault, row: KeyColumns, now: Date): readonly SourceSigningKeys[] => {
  const current = currentKeys(vault, row);
  if (current === null) return [];
  const previous = overlapEnd(row, now) === null ? null : row.previousSigningKeysSealed;
  if (previous === null) return [current];
  return [current, openSigningKeys(vault, row, previous, 'previousSigningKeys')];
};
