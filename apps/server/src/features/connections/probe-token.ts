import { connectionId as connectionIdSchema, type ConnectionId, type TeamId } from '@windlass/contract';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { AppError } from '../../kernel/app-error.ts';
import { Secret } from '../../kernel/secret.ts';
import { VaultError, type Vault, type VaultContext } from '../../platform/crypto/vault.ts';

const form = z.object({
  connectionId: connectionIdSchema,
  revision: z.int(),
  key: z.string(),
  /** Null where the part is for an upload that does not exist. */
  uploadId: z.string().nullable(),
  /** Milliseconds since 1970. */
  expiresAt: z.number(),
});

/** What a browser's probe is about, carried by the page itself. */
export type ProbeToken = z.infer<typeof form>;

interface Holder {
  teamId: TeamId;
  connectionId: ConnectionId;
  /** Who asked for it; nobody else can hand it in. */
  actor: Actor;
}

const contextOf = ({ teamId, connectionId, actor }: Holder): VaultContext => ({
  teamId,
  recordId: connectionId,
  field: `browserProbe:${actor.kind === 'user' ? actor.userId : actor.apiKeyId}`,
});

/** Sealed: the page can neither read nor change it, and another team, connection or person cannot use it. */
export const sealProbeToken = (vault: Vault, holder: Holder, token: ProbeToken): string =>
  vault.seal(new Secret(JSON.stringify(token)), contextOf(holder));

/** @throws AppError invalidRequest where it is not this holder's, or has run out */
export const openProbeToken = (vault: Vault, holder: Holder, sealed: string, now: Date): ProbeToken => {
  const token = read(vault, holder, sealed);
  if (token.expiresAt < now.getTime())
    throw new AppError('invalidRequest', 'The browser took too long: start the probe again.');
  return token;
};

const read = (vault: Vault, holder: Holder, sealed: string): ProbeToken => {
  try {
    return form.parse(JSON.parse(vault.open(sealed, contextOf(holder)).reveal()));
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    throw new AppError('invalidRequest', 'This token is not one that was given to you for this connection.', {
      cause: error,
    });
  }
};
