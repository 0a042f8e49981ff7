import type { PinnedAgents } from '../net/index.ts';
import { CappedHttpHandler } from './capped-handler.ts';

const connectTimeoutMilliseconds = 4000;
/** Of a call to S3 or IAM. */
export const requestTimeoutMilliseconds = 15_000;

/**
 * What every client of the AWS SDK is made with, for S3, IAM and STS alike: one endpoint behind the guard, nothing of
 * the machine's own AWS configuration, and no answer without end.
 *
 * @example new IAMClient({ ...sdkClientConfig({ agents, region }), credentials, maxAttempts: 1 })
 */
export const sdkClientConfig = ({
  agents,
  region,
  clockOffsetMilliseconds = 0,
  timeoutMilliseconds = requestTimeoutMilliseconds,
}: {
  agents: PinnedAgents;
  region: string;
  /** Added to this machine's clock when signing. */
  clockOffsetMilliseconds?: number | undefined;
  /** Of one call, its answer included. */
  timeoutMilliseconds?: number;
}) => ({
  region,
  endpoint: agents.endpoint.origin,
  retryMode: 'standard',
  defaultsMode: 'standard' as const,
  useDualstackEndpoint: false,
  useFipsEndpoint: false,
  customUserAgent: 'windlass',
  systemClockOffset: clockOffsetMilliseconds,
  requestHandler: new CappedHttpHandler({
    httpAgent: agents.httpAgent,
    httpsAgent: agents.httpsAgent,
    connectionTimeout: connectTimeoutMilliseconds,
    requestTimeout: timeoutMilliseconds,
    throwOnRequestTimeout: true,
    socketTimeout: timeoutMilliseconds,
  }),
});
