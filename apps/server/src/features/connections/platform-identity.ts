import type { EndpointGuard } from '../../platform/net/index.ts';
import { createStsClient, isAwsSts, type S3Credentials } from '../../platform/s3/index.ts';

/** Who this server is where no key of the customer's assumes a role. */
export interface PlatformIdentity {
  /** The key that assumes roles at this STS endpoint; null where the operator has set none. */
  keyFor(stsEndpoint: string): S3Credentials | null;
  /** ARN for trust policies at this STS endpoint; null where it is not known. */
  principalFor(stsEndpoint: string, signal: AbortSignal): Promise<string | null>;
}

/** A key of our own, and where it counts. */
export interface PlatformKey {
  credentials: S3Credentials;
  /** Null: STS is asked once whose key it is. */
  principal: string | null;
  /**
   * Origin of the STS that knows the key; null: those of AWS. Nobody else's is ever asked with it: whoever runs one could
   * have us sign for a role that is not theirs, and take the request elsewhere.
   */
  stsEndpoint: string | null;
}

const defaultSts = { endpoint: 'https://sts.us-east-1.amazonaws.com', region: 'us-east-1' };
/** An answer that failed is asked for again, but not for every page. */
const retryMilliseconds = 60_000;

export const createPlatformIdentity = (deps: {
  guard: EndpointGuard;
  /** The first that fits counts. */
  keys: readonly PlatformKey[];
}): PlatformIdentity => {
  const discovered = new Map<PlatformKey, { arn: Promise<string | null>; retryAt: number }>();
  const find = (stsEndpoint: string): PlatformKey | null =>
    deps.keys.find((key) => key.stsEndpoint === stsEndpoint) ??
    deps.keys.find((key) => key.stsEndpoint === null && isAwsSts(stsEndpoint)) ??
    null;

  const discover = async (key: PlatformKey): Promise<string | null> => {
    using client = createStsClient({
      guard: deps.guard,
      endpoint: key.stsEndpoint ?? defaultSts.endpoint,
      region: defaultSts.region,
      credentials: key.credentials,
    });
    // Setup pages show that the ARN is not known; what is wrong with the key shows as soon as a role is assumed.
    return client.callerArn(AbortSignal.timeout(5000)).catch(() => null);
  };

  return {
    keyFor: (stsEndpoint) => find(stsEndpoint)?.credentials ?? null,
    principalFor: async (stsEndpoint, signal) => {
      const key = find(stsEndpoint);
      if (key === null || key.principal !== null) return key?.principal ?? null;
      signal.throwIfAborted();
      const known = discovered.get(key);
      if (known !== undefined && ((await known.arn) !== null || performance.now() < known.retryAt)) {
        return known.arn;
      }
      const entry = { arn: discover(key), retryAt: performance.now() + retryMilliseconds };
      discovered.set(key, entry);
      return entry.arn;
    },
  };
};
