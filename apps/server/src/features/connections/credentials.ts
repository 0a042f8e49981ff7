import type { ConnectionId, TeamId } from '@windlass/contract';
import { z } from 'zod';
import { Secret } from '../../kernel/secret.ts';
import type { Vault, VaultContext } from '../../platform/crypto/vault.ts';
import type { S3Credentials } from '../../platform/s3/index.ts';

interface Owner {
  teamId: TeamId;
  id: ConnectionId;
}

/** Key, secret and token are sealed as one, so that parts of two sets can never meet. */
const sealedForm = z.object({
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  sessionToken: z.string().nullable(),
});

export const credentialsContext = ({ teamId, id }: Owner): VaultContext => ({
  teamId,
  recordId: id,
  field: 'credentials',
});

export const sealCredentials = (vault: Vault, owner: Owner, credentials: S3Credentials): string => {
  const plain: z.infer<typeof sealedForm> = {
    accessKeyId: credentials.accessKeyId,
    secretAccessKey: credentials.secretAccessKey.reveal(),
    sessionToken: credentials.sessionToken?.reveal() ?? null,
  };
  return vault.seal(new Secret(JSON.stringify(plain)), credentialsContext(owner));
};

/** @throws VaultError */
export const openCredentials = (vault: Vault, owner: Owner, sealed: string): S3Credentials => {
  const plain = sealedForm.parse(JSON.parse(vault.open(sealed, credentialsContext(owner)).reveal()));
  return {
    accessKeyId: plain.accessKeyId,
    secretAccessKey: new Secret(plain.secretAccessKey),
    sessionToken: plain.sessionToken === null ? null : new Secret(plain.sessionToken),
  };
};

/** As they come in a request. */
export const toCredentials = (given: {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string | undefined;
}): S3Credentials => ({
  accessKeyId: given.accessKeyId,
  secretAccessKey: new Secret(given.secretAccessKey),
  sessionToken: given.sessionToken === undefined ? null : new Secret(given.sessionToken),
});
