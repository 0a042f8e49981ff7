import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand,
  STSClient,
  type Credentials,
} from '@aws-sdk/client-sts';
import { Secret } from '../../kernel/secret.ts';
import type { EndpointGuard } from '../net/index.ts';
import { toSdkCredentials, type S3Credentials } from './s3-credentials.ts';
import { sdkClientConfig } from './sdk-client-config.ts';

/** The shortest that STS gives (AWS: AssumeRole, DurationSeconds), and the longest that we ask for. */
export const sessionSeconds = 900;
const timeoutMilliseconds = 10_000;

/** Credentials that end. */
export interface RoleSession {
  credentials: S3Credentials;
  expiresAt: Date;
}

export interface RoleRequest {
  roleArn: string;
  /** 2 to 64 of `[\w+=,.@-]`; shows up in the customer's CloudTrail. */
  sessionName: string;
  /** JSON of at most 2,048 characters up to U+00FF: the session may do what both this and the role allow. */
  sessionPolicy: string;
}

/** Calls of a Security Token Service, each tried once. They throw what the AWS SDK throws. */
export interface StsClient extends Disposable {
  assumeRole(request: RoleRequest & { externalId: string | null }, signal: AbortSignal): Promise<RoleSession>;
  /** Needs no key: the token is the proof. */
  assumeRoleWithWebIdentity(
    request: RoleRequest & { token: Secret },
    signal: AbortSignal,
  ): Promise<RoleSession>;
  /** ARN of whoever the key belongs to. Needs no right (AWS: GetCallerIdentity). */
  callerArn(signal: AbortSignal): Promise<string>;
}

/**
 * A client of one STS endpoint, behind the guard as every endpoint that people name. Nothing of the machine's own AWS
 * configuration reaches it. `credentials` is null where only web identities are to be used.
 */
export const createStsClient = (options: {
  guard: EndpointGuard;
  endpoint: string;
  region: string;
  credentials: S3Credentials | null;
  clockOffsetMilliseconds?: number;
}): StsClient => {
  const { credentials } = options;
  const agents = options.guard.agentsFor(options.endpoint);
  const client = new STSClient({
    ...sdkClientConfig({
      agents,
      region: options.region,
      clockOffsetMilliseconds: options.clockOffsetMilliseconds,
      timeoutMilliseconds,
    }),
    credentials: async () => {
      if (credentials === null) throw new Error('This call is not signed.');
      return toSdkCredentials(credentials);
    },
    maxAttempts: 1,
    useGlobalEndpoint: false,
  });

  return {
    assumeRole: async ({ externalId, ...request }, signal) => {
      const command = new AssumeRoleCommand({
        ...toInput(request),
        ...(externalId === null ? {} : { ExternalId: externalId }),
      });
      return toSession((await client.send(command, { abortSignal: signal })).Credentials);
    },
    assumeRoleWithWebIdentity: async ({ token, ...request }, signal) => {
      const command = new AssumeRoleWithWebIdentityCommand({
        ...toInput(request),
        WebIdentityToken: token.reveal(),
      });
      return toSession((await client.send(command, { abortSignal: signal })).Credentials);
    },
    callerArn: async (signal) => {
      const { Arn } = await client.send(new GetCallerIdentityCommand({}), { abortSignal: signal });
      if (Arn === undefined) throw new NotSts('The answer names nobody.');
      return Arn;
    },
    [Symbol.dispose]: () => client.destroy(),
  };
};

/** An answer that is fine by its status and not one of STS: a web page, for instance. */
export class NotSts extends Error {
  override readonly name = 'NotSts';
}

const toInput = ({ roleArn, sessionName, sessionPolicy }: RoleRequest) => ({
  RoleArn: roleArn,
  RoleSessionName: sessionName,
  Policy: sessionPolicy,
  DurationSeconds: sessionSeconds,
});

const toSession = (given: Credentials | undefined): RoleSession => {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = given ?? {};
  if (
    AccessKeyId === undefined ||
    SecretAccessKey === undefined ||
    SessionToken === undefined ||
    Expiration === undefined
  ) {
    throw new NotSts('The answer holds no credentials.');
  }
  return {
    credentials: {
      accessKeyId: AccessKeyId,
      secretAccessKey: new Secret(SecretAccessKey),
      sessionToken: new Secret(SessionToken),
      expiresAt: Expiration,
    },
    expiresAt: Expiration,
  };
};
