import { accessKeyCredentials } from '@windlass/contract';
import { validateWith } from '../../lib/validate.ts';
import { keyBody, type CredentialValues } from '../connections/credential-values.ts';

/** What becomes of an administrator's secret, as its field says it: unlike the connection's own it is not stored. */
export const adminSecretWords = 'Used for this alone and kept nowhere.';

const validate = validateWith(accessKeyCredentials);

/** What is wrong with it, by field. */
export const adminErrors = (values: CredentialValues): Record<string, string> => validate(keyBody(values));
