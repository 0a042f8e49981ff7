import { VaultError, type Vault } from '../../crypto/vault.ts';
import type { AnswerSealer } from './register.ts';

/** Seals stored answers with the vault; an answer opens only for its own caller and key. */
export const createAnswerSealer = (vault: Vault): AnswerSealer => {
  return {
    seal: (body, place) => vault.seal(body, contextOf(place)),
    open: (sealed, place) => {
      try {
        return vault.open(sealed, contextOf(place));
      } catch (error) {
        if (error instanceof VaultError) return null;
        throw error;
      }
    },
  };
};

const contextOf = ({ actorId, key }: { actorId: string; key: string }) => ({
  teamId: actorId,
  recordId: key,
  field: 'idempotent-answer',
});
