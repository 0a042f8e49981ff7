import { AppError } from '../../kernel/app-error.ts';
import type { Actor } from '../../kernel/actor.ts';
import { sleep } from '../../kernel/timing.ts';
import type { S3Credentials } from '../../platform/s3/index.ts';
import type { ConnectionsService } from '../connections/index.ts';
import type { SaveCredentials } from './steps/credential-steps.ts';
import type { OfConnection } from './store.ts';

/** IAM is eventually consistent: a new key, role or policy works only some seconds later (IAM: Troubleshooting). */
const patienceMilliseconds = 20_000;
const pauseMilliseconds = 2000;

/**
 * Saves new credentials once their check is all well. While it is not, they are tried again for 20 seconds: what the old
 * ones served is served meanwhile, and nobody is told of trouble that passes. After that they are saved as they are.
 */
export const createSaveCredentials =
  (
    connections: Pick<ConnectionsService, 'replaceCredentials'>,
    actor: Actor,
    at: OfConnection,
  ): SaveCredentials =>
  async (given, signal) => {
    const save = (force: boolean) => connections.replaceCredentials(actor, at, { ...bodyOf(given), force });
    for (const end = performance.now() + patienceMilliseconds; ;) {
      try {
        return await save(false);
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'checkFailed') throw error;
        if (performance.now() + pauseMilliseconds > end) return await save(true);
        await sleep(pauseMilliseconds, signal);
      }
    }
  };

const bodyOf = (given: Parameters<SaveCredentials>[0]) =>
  given.kind === 'role'
    ? {
        kind: 'role' as const,
        roleArn: given.roleArn,
        ...(given.base === null ? {} : { base: revealed(given.base) }),
      }
    : { kind: 'accessKey' as const, ...revealed(given.key) };

const revealed = ({ accessKeyId, secretAccessKey, sessionToken }: S3Credentials) => ({
  accessKeyId,
  secretAccessKey: secretAccessKey.reveal(),
  ...(sessionToken === null ? {} : { sessionToken: sessionToken.reveal() }),
});
