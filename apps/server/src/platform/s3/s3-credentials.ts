import type { Secret } from '../../kernel/secret.ts';

/** What signs a request; a session token comes with temporary keys only. */
export interface S3Credentials {
  accessKeyId: string;
  secretAccessKey: Secret;
  sessionToken: Secret | null;
  /** When a session ends; absent where nothing says that it does. */
  expiresAt?: Date;
}

/** Opened here, where the SDK signs. */
export const toSdkCredentials = ({ accessKeyId, secretAccessKey, sessionToken }: S3Credentials) => ({
  accessKeyId,
  secretAccessKey: secretAccessKey.reveal(),
  ...(sessionToken === null ? {} : { sessionToken: sessionToken.reveal() }),
});
