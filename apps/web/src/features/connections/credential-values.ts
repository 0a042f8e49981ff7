import { accessKeyCredentials } from '@windlass/contract';
import { validateWith } from '../../lib/validate.ts';

/** Credentials as a form holds them: an empty session token means that there is none. */
export interface CredentialValues {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
}

export const noCredentials: CredentialValues = { accessKeyId: '', secretAccessKey: '', sessionToken: '' };

/** What is sent. */
export const credentialBody = ({ accessKeyId, secretAccessKey, sessionToken }: CredentialValues) => ({
  accessKeyId,
  secretAccessKey,
  ...(sessionToken.trim() === '' ? {} : { sessionToken }),
});

const validate = validateWith(accessKeyCredentials);

/** What is wrong with it, by field. */
export const credentialErrors = (values: CredentialValues): Record<string, string> =>
  validate(credentialBody(values));
