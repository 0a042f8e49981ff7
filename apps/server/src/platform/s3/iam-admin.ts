import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  IAMClient,
  ListAccessKeysCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { AppError } from '../../kernel/app-error.ts';
import { Secret } from '../../kernel/secret.ts';
import type { EndpointGuard } from '../net/index.ts';
import { scrubFor } from './bucket-probe.ts';
import { describeIamFailure } from './describe-iam-failure.ts';
import type { IamAddress } from './iam-endpoint.ts';
import { toSdkCredentials, type S3Credentials } from './s3-credentials.ts';
import { sdkClientConfig } from './sdk-client-config.ts';
import { failureToAppError } from './to-app-error.ts';

/** Whose inline policy it is. */
export interface PolicyHolder {
  kind: 'user' | 'role';
  name: string;
}

/**
 * The calls of IAM that make and remove a user or a role with one inline policy. Each is tried once: a repeated
 * CreateAccessKey would make two. What is not there is null; what fails is an AppError whose failure `bucketFailureOf` tells.
 */
export interface IamAdmin extends Disposable {
  findUser(name: string, signal: AbortSignal): Promise<{ arn: string } | null>;
  createUser(name: string, signal: AbortSignal): Promise<void>;
  /** False when it is gone already. */
  deleteUser(name: string, signal: AbortSignal): Promise<boolean>;
  listAccessKeys(user: string, signal: AbortSignal): Promise<{ accessKeyId: string; active: boolean }[]>;
  createAccessKey(user: string, signal: AbortSignal): Promise<S3Credentials>;
  deleteAccessKey(user: string, accessKeyId: string, signal: AbortSignal): Promise<boolean>;
  findRole(name: string, signal: AbortSignal): Promise<{ arn: string; trustPolicy: string } | null>;
  createRole(
    role: { name: string; trustPolicy: string; description: string },
    signal: AbortSignal,
  ): Promise<void>;
  putTrustPolicy(role: string, document: string, signal: AbortSignal): Promise<void>;
  deleteRole(name: string, signal: AbortSignal): Promise<boolean>;
  findPolicy(holder: PolicyHolder, policy: string, signal: AbortSignal): Promise<string | null>;
  putPolicy(holder: PolicyHolder, policy: string, document: string, signal: AbortSignal): Promise<void>;
  deletePolicy(holder: PolicyHolder, policy: string, signal: AbortSignal): Promise<boolean>;
}

/** Behind the guard, and without anything of the machine's own AWS configuration. */
export const createIamAdmin = (options: {
  guard: EndpointGuard;
  address: IamAddress;
  credentials: S3Credentials;
}): IamAdmin => {
  const { address, credentials } = options;
  const agents = options.guard.agentsFor(address.endpoint);
  const scrub = scrubFor(credentials);
  const client = new IAMClient({
    ...sdkClientConfig({ agents, region: address.region }),
    credentials: toSdkCredentials(credentials),
    maxAttempts: 1,
  });

  const calling = async <T>(run: () => Promise<T>): Promise<T> => {
    try {
      return await run();
    } catch (error) {
      if (error instanceof AppError) throw error;
      throw failureToAppError(describeIamFailure(error, scrub));
    }
  };
  const orNull = <T>(run: () => Promise<T>): Promise<T | null> =>
    calling(() =>
      run().catch((error: unknown) => {
        if (isNoSuchEntity(error)) return null;
        throw error;
      }),
    );
  const gone = async (run: () => Promise<unknown>): Promise<boolean> => (await orNull(run)) !== null;

  return {
    findUser: (UserName, signal) =>
      orNull(async () => {
        const { User } = await client.send(new GetUserCommand({ UserName }), { abortSignal: signal });
        return { arn: User?.Arn ?? notIam() };
      }),
    createUser: (UserName, signal) =>
      calling(
        async () => void (await client.send(new CreateUserCommand({ UserName }), { abortSignal: signal })),
      ),
    deleteUser: (UserName, signal) =>
      gone(() => client.send(new DeleteUserCommand({ UserName }), { abortSignal: signal })),

    listAccessKeys: async (UserName, signal) => {
      const found = await orNull(() =>
        client.send(new ListAccessKeysCommand({ UserName }), { abortSignal: signal }),
      );
      return (found?.AccessKeyMetadata ?? []).map(({ AccessKeyId, Status }) => ({
        accessKeyId: AccessKeyId ?? notIam(),
        active: Status !== 'Inactive',
      }));
    },
    createAccessKey: (UserName, signal) =>
      calling(async () => {
        const { AccessKey } = await client.send(new CreateAccessKeyCommand({ UserName }), {
          abortSignal: signal,
        });
        return {
          accessKeyId: AccessKey?.AccessKeyId ?? notIam(),
          secretAccessKey: new Secret(AccessKey?.SecretAccessKey ?? notIam()),
          sessionToken: null,
        };
      }),
    deleteAccessKey: (UserName, AccessKeyId, signal) =>
      gone(() => client.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }), { abortSignal: signal })),

    findRole: (RoleName, signal) =>
      orNull(async () => {
        const { Role } = await client.send(new GetRoleCommand({ RoleName }), { abortSignal: signal });
        return { arn: Role?.Arn ?? notIam(), trustPolicy: toDocument(Role?.AssumeRolePolicyDocument) };
      }),
    createRole: ({ name, trustPolicy, description }, signal) =>
      calling(async () => {
        await client.send(
          new CreateRoleCommand({
            RoleName: name,
            AssumeRolePolicyDocument: trustPolicy,
            Description: description,
          }),
          { abortSignal: signal },
        );
      }),
    putTrustPolicy: (RoleName, PolicyDocument, signal) =>
      calling(async () => {
        await client.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }), {
          abortSignal: signal,
        });
      }),
    deleteRole: (RoleName, signal) =>
      gone(() => client.send(new DeleteRoleCommand({ RoleName }), { abortSignal: signal })),

    findPolicy: ({ kind, name }, PolicyName, signal) =>
      orNull(async () => {
        const sent = { abortSignal: signal };
        const { PolicyDocument } =
          kind === 'user'
            ? await client.send(new GetUserPolicyCommand({ UserName: name, PolicyName }), sent)
            : await client.send(new GetRolePolicyCommand({ RoleName: name, PolicyName }), sent);
        return toDocument(PolicyDocument);
      }),
    putPolicy: ({ kind, name }, PolicyName, PolicyDocument, signal) =>
      calling(async () => {
        const sent = { abortSignal: signal };
        if (kind === 'user')
          await client.send(new PutUserPolicyCommand({ UserName: name, PolicyName, PolicyDocument }), sent);
        else
          await client.send(new PutRolePolicyCommand({ RoleName: name, PolicyName, PolicyDocument }), sent);
      }),
    deletePolicy: ({ kind, name }, PolicyName, signal) =>
      gone(async () => {
        const sent = { abortSignal: signal };
        if (kind === 'user')
          await client.send(new DeleteUserPolicyCommand({ UserName: name, PolicyName }), sent);
        else await client.send(new DeleteRolePolicyCommand({ RoleName: name, PolicyName }), sent);
      }),

    [Symbol.dispose]: () => client.destroy(),
  };
};

/** An answer that is fine by its status and not one of IAM: a web page, for instance. */
const notIam = (): never => {
  throw new AppError('originFailed', 'The endpoint does not answer as IAM does.');
};

/** Ceph writes its errors as S3 does, where the SDK finds no code: then it names them by their status, 404. */
const isNoSuchEntity = (error: unknown): boolean =>
  error instanceof Error && (error.name.startsWith('NoSuchEntity') || error.name === 'NotFound');

/** Documents come percent-encoded (IAM API: GetUserPolicy, "compliant with RFC 3986"); Ceph sends some as they are. */
const toDocument = (text: string | undefined): string => {
  if (text === undefined) return notIam();
  if (text.trimStart().startsWith('{')) return text;
  try {
    return decodeURIComponent(text);
  } catch (error) {
    throw new AppError('originFailed', 'The provider sent a policy document that cannot be read.', {
      cause: error,
    });
  }
};
