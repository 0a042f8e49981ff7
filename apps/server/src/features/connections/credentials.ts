import type { ConnectionId, CredentialsInput, TeamId } from '@windlass/contract';
import { z } from 'zod';
import { Secret } from '../../kernel/secret.ts';
import type { Vault, VaultContext } from '../../platform/crypto/vault.ts';
import { hintOf, type S3Credentials } from '../../platform/s3/index.ts';

/** Credentials as a connection keeps them. Only an access key signs requests as it is; the others buy a session of a role. */
export type StoredCredentials =
  | { kind: 'accessKey'; key: S3Credentials }
  /** `base` assumes the role; null: this server's own identity does. */
  | { kind: 'role'; roleArn: string; base: S3Credentials | null }
  | { kind: 'webIdentity'; roleArn: string };

interface Owner {
  teamId: TeamId;
  id: ConnectionId;
}

const keyForm = z.object({
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  sessionToken: z.string().nullable(),
});

/** Each form is sealed as one, so that parts of two sets can never meet. */
const sealedForm = z.discriminatedUnion('kind', [
  keyForm.extend({ kind: z.literal('accessKey') }),
  z.object({ kind: z.literal('role'), roleArn: z.string(), base: keyForm.nullable() }),
  z.object({ kind: z.literal('webIdentity'), roleArn: z.string() }),
]);
type SealedForm = z.infer<typeof sealedForm>;

/** What the seal of a connection's credentials is bound to. */
export const credentialsContext = ({ teamId, id }: Owner): VaultContext => ({
  teamId,
  recordId: id,
  field: 'credentials',
});

export const sealCredentials = (vault: Vault, owner: Owner, credentials: StoredCredentials): string =>
  vault.seal(new Secret(JSON.stringify(toForm(credentials))), credentialsContext(owner));

/** @throws VaultError */
export const openCredentials = (vault: Vault, owner: Owner, sealed: string): StoredCredentials => {
  const plain: unknown = JSON.parse(vault.open(sealed, credentialsContext(owner)).reveal());
  // Before there were roles, nothing but keys was stored, and nothing said so.
  return fromForm(sealedForm.parse({ kind: 'accessKey', ...z.looseObject({}).parse(plain) }));
};

/** The other key of a rotation, with the moment from which its age counts. */
export interface OtherKey {
  key: S3Credentials;
  setAt: Date;
}

const otherKeyForm = keyForm.extend({ setAt: z.coerce.date() });

/** As `credentialsContext`, so that the one can never be opened as the other. */
export const rotationContext = ({ teamId, id }: Owner): VaultContext => ({
  teamId,
  recordId: id,
  field: 'rotation',
});

export const sealOtherKey = (vault: Vault, owner: Owner, { key, setAt }: OtherKey): string =>
  vault.seal(new Secret(JSON.stringify({ ...toKeyForm(key), setAt })), rotationContext(owner));

/** @throws VaultError */
export const openOtherKey = (vault: Vault, owner: Owner, sealed: string): OtherKey => {
  const plain = otherKeyForm.parse(JSON.parse(vault.open(sealed, rotationContext(owner)).reveal()));
  return { key: fromKeyForm(plain), setAt: plain.setAt };
};

/** As they come in a request. */
export const toStored = (given: CredentialsInput): StoredCredentials => {
  switch (given.kind) {
    case 'accessKey':
      return { kind: 'accessKey', key: toKey(given) };
    case 'role':
      return {
        kind: 'role',
        roleArn: given.roleArn,
        base: given.base === undefined ? null : toKey(given.base),
      };
    case 'webIdentity':
      return { kind: 'webIdentity', roleArn: given.roleArn };
  }
};

/** A key pair as it comes in a request. */
export const toKey = (given: {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string | undefined;
}): S3Credentials => ({
  accessKeyId: given.accessKeyId,
  secretAccessKey: new Secret(given.secretAccessKey),
  sessionToken: given.sessionToken === undefined ? null : new Secret(given.sessionToken),
});

/** The customer's own key among them, if there is one. */
export const keyOf = (credentials: StoredCredentials): S3Credentials | null => {
  switch (credentials.kind) {
    case 'accessKey':
      return credentials.key;
    case 'role':
      return credentials.base;
    case 'webIdentity':
      return null;
  }
};

/** The same credentials with another key in the place of the customer's own; null where there is none to change. */
export const withKey = (credentials: StoredCredentials, key: S3Credentials): StoredCredentials | null => {
  switch (credentials.kind) {
    case 'accessKey':
      return { kind: 'accessKey', key };
    case 'role':
      return credentials.base === null ? null : { ...credentials, base: key };
    case 'webIdentity':
      return null;
  }
};

/** The columns that tell of credentials, but for who set them and when. */
export const credentialColumns = (vault: Vault, owner: Owner, credentials: StoredCredentials) => {
  const key = keyOf(credentials);
  return {
    credentialsSealed: sealCredentials(vault, owner, credentials),
    credentialsKind: credentials.kind,
    accessKeyIdHint: key === null ? null : hintOf(key.accessKeyId),
    roleArn: credentials.kind === 'accessKey' ? null : credentials.roleArn,
    credentialsTemporary: key !== null && key.sessionToken !== null,
  };
};

/** The same columns where there are none yet. */
export const noCredentialColumns = {
  credentialsSealed: null,
  credentialsKind: null,
  accessKeyIdHint: null,
  roleArn: null,
  credentialsTemporary: false,
};

const toForm = (credentials: StoredCredentials): SealedForm => {
  switch (credentials.kind) {
    case 'accessKey':
      return { kind: 'accessKey', ...toKeyForm(credentials.key) };
    case 'role':
      return { ...credentials, base: credentials.base === null ? null : toKeyForm(credentials.base) };
    case 'webIdentity':
      return credentials;
  }
};

const fromForm = (form: SealedForm): StoredCredentials => {
  switch (form.kind) {
    case 'accessKey':
      return { kind: 'accessKey', key: fromKeyForm(form) };
    case 'role':
      return { ...form, base: form.base === null ? null : fromKeyForm(form.base) };
    case 'webIdentity':
      return form;
  }
};

const toKeyForm = (key: S3Credentials): z.infer<typeof keyForm> => ({
  accessKeyId: key.accessKeyId,
  secretAccessKey: key.secretAccessKey.reveal(),
  sessionToken: key.sessionToken?.reveal() ?? null,
});

const fromKeyForm = (form: z.infer<typeof keyForm>): S3Credentials => ({
  accessKeyId: form.accessKeyId,
  secretAccessKey: new Secret(form.secretAccessKey),
  sessionToken: form.sessionToken === null ? null : new Secret(form.sessionToken),
});
