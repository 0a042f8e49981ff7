import { credentialsInput, type CredentialKind, type CredentialsInput } from '@windlass/contract';
import { validateWith } from '../../lib/validate.ts';

/** Credentials as a form holds them: empty texts mean that there is none. */
export interface CredentialValues {
  kind: CredentialKind;
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  roleArn: string;
  /** For a role: our own identity assumes it, without a key of the customer's. */
  ownIdentity: boolean;
}

export const noCredentials: CredentialValues = {
  kind: 'accessKey',
  accessKeyId: '',
  secretAccessKey: '',
  sessionToken: '',
  roleArn: '',
  ownIdentity: false,
};

/** The key as it is sent: without a session token where none was entered. */
export const keyBody = ({ accessKeyId, secretAccessKey, sessionToken }: CredentialValues) => ({
  accessKeyId,
  secretAccessKey,
  ...(sessionToken.trim() === '' ? {} : { sessionToken }),
});

/** Whether a form with these values has the fields of a key. */
export const asksForKey = ({ kind, ownIdentity }: CredentialValues): boolean =>
  kind === 'accessKey' || (kind === 'role' && !ownIdentity);

/** What is sent. */
export const credentialBody = (values: CredentialValues): CredentialsInput => {
  const { kind, roleArn } = values;
  switch (kind) {
    case 'accessKey':
      return { kind, ...keyBody(values) };
    case 'role':
      return asksForKey(values) ? { kind, roleArn, base: keyBody(values) } : { kind, roleArn };
    case 'webIdentity':
      return { kind, roleArn };
  }
};

const [role, webIdentity, accessKey] = credentialsInput.options;
const validators = {
  accessKey: validateWith(accessKey),
  role: validateWith(role),
  webIdentity: validateWith(webIdentity),
} as const;

/** What is wrong with it, by field. */
export const credentialErrors = (values: CredentialValues): Record<string, string> =>
  flatErrors(validators[values.kind](credentialBody(values)));

/** The form's fields are flat: `credentials.base.accessKeyId` is `accessKeyId`. */
export const flatErrors = (errors: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(errors).map(([path, text]) => [path.replace(/^(credentials\.)?(base\.)?/, ''), text]),
  );
