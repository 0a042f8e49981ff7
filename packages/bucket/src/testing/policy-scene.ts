import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import type { S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { startBucket } from './start-bucket.ts';
import type { StartedBucket, TestCredentials } from './start-bucket.ts';

export const Bucket = 'photos';
export const objects = `arn:aws:s3:::${Bucket}`;
export const role = 'arn:aws:iam::000000000000:role/job';
export const user = 'arn:aws:iam::000000000000:user/worker';

export const document = (...Statement: object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement });
export const statement = (
  Effect: 'Allow' | 'Deny',
  Action: string | string[],
  Resource?: string | string[],
  Principal?: object | string,
  Condition?: object,
): object => ({ Effect, Action, Resource, Principal, Condition });

export const put = statement('Allow', 's3:PutObject', `${objects}/in/*`);
export const get = statement('Allow', 's3:GetObject', `${objects}/in/*`);
export const list = statement('Allow', 's3:ListBucket', objects, undefined, {
  StringLike: { 's3:prefix': 'in/*' },
});
export const everything = statement('Allow', '*', '*');
/** A statement of a resource policy, out of one of an identity policy. */
export const to = (principal: object | string, one: object): object => ({ ...one, Principal: principal });

/** The HTTP status of a call: 200 where it went through, 0 where there was no answer. */
export async function statusOf(promise: Promise<unknown>): Promise<number> {
  try {
    await promise;
    return 200;
  } catch (error) {
    if (!(error instanceof Error) || !('$metadata' in error)) throw error;
    // Errors of the SDK carry the facts of the answer.
    return (error.$metadata as { httpStatusCode?: number }).httpStatusCode ?? 0;
  }
}

/**
 * The user `worker` and the role `job`, which it may assume, both without rights; `alice`, whose bucket it is; and the
 * administrator. There is an object `there` in the folders `in/` and `out/`.
 */
export interface PolicyScene extends StartedBucket {
  admin: TestCredentials;
  worker: TestCredentials;
  s3(credentials: TestCredentials): S3Client;
  /** A session of the role, by the worker. */
  assume(sessionPolicy?: string): Promise<TestCredentials>;
  /** What may be done in a folder, as the statuses of put, get and list: `200 403 403`. */
  rights(credentials: TestCredentials, folder?: string): Promise<string>;
  /** Takes all policies away. */
  clear(): Promise<void>;
}

export async function startPolicyScene(): Promise<PolicyScene> {
  const started = await startBucket();
  const { iam } = started.server;
  const admin = await started.server.ensureUser({ name: 'admin', administrator: true });
  await iam.createUser({ name: 'worker' });
  const worker = await iam.createAccessKey('worker');
  await iam.createRole({
    name: 'job',
    trustPolicy: document(statement('Allow', 'sts:AssumeRole', undefined, { AWS: user })),
  });
  const s3 = (credentials: TestCredentials): S3Client => started.client({ credentials });
  for (const Key of ['in/there', 'out/there']) {
    await s3(admin).send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
  }

  return {
    ...started,
    admin,
    worker,
    s3,
    assume: async (Policy) => {
      const input = { RoleArn: role, RoleSessionName: 'run', ...(Policy === undefined ? {} : { Policy }) };
      const { Credentials: given } = await started.sts(worker).send(new AssumeRoleCommand(input));
      return {
        accessKeyId: given?.AccessKeyId ?? '',
        secretAccessKey: given?.SecretAccessKey ?? '',
        sessionToken: given?.SessionToken ?? '',
      };
    },
    rights: async (credentials, folder = 'in/') => {
      const client = s3(credentials);
      const statuses = [
        await statusOf(client.send(new PutObjectCommand({ Bucket, Key: `${folder}new`, Body: 'x' }))),
        await statusOf(client.send(new GetObjectCommand({ Bucket, Key: `${folder}there` }))),
        await statusOf(client.send(new ListObjectsV2Command({ Bucket, Prefix: folder }))),
      ];
      return statuses.join(' ');
    },
    clear: async () => {
      await iam.putBucketPolicy(Bucket, null);
      await iam.putPublicAccessBlock(Bucket, null);
      for (const holder of [{ user: 'worker' }, { role: 'job' }] as const) {
        await iam.setBoundary(holder, null);
        const { policies } = 'user' in holder ? iam.getUser('worker') : iam.getRole('job');
        for (const { name } of policies) await iam.deletePolicy(holder, name);
      }
    },
  };
}
