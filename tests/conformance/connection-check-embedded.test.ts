import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { createBucketServer } from '@windlass/bucket';
import type { PolicyDocument } from '@windlass/policy';
import { describe } from 'vitest';
import type { PlainKeys } from '../support/checked/bucket-scene.ts';
import { runCheckTable, type CheckTarget } from './check-table.ts';

const name = () => `id-${randomUUID()}`;

/** The embedded bucket decides as AWS documents it, and is asked as AWS is: there stands nothing else for AWS here. */
const open = async (): Promise<CheckTarget> => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'bucket-'));
  const region = 'us-east-1';
  const server = await createBucketServer({ dataDirectory, host: '127.0.0.1', port: 0, region });
  const owner = await server.ensureUser({ name: 'owner' });
  const { iam } = server;

  const user = async (policy: PolicyDocument | null): Promise<PlainKeys & { arn: string }> => {
    const { name: userName, arn } = await iam.createUser({ name: name() });
    if (policy !== null) await iam.putPolicy({ user: userName }, 'rights', JSON.stringify(policy));
    const { accessKeyId, secretAccessKey } = await iam.createAccessKey(userName);
    return { accessKeyId, secretAccessKey, arn };
  };
  const role = async (policy: PolicyDocument): Promise<PlainKeys> => {
    const trusted = await user(null);
    const trust = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: trusted.arn }, Action: 'sts:AssumeRole' }],
    };
    const made = await iam.createRole({ name: name(), trustPolicy: JSON.stringify(trust) });
    await iam.putPolicy({ role: made.name }, 'rights', JSON.stringify(policy));
    const sts = new STSClient({ endpoint: server.url, region, credentials: trusted, maxAttempts: 1 });
    try {
      const { Credentials } = await sts.send(
        new AssumeRoleCommand({ RoleArn: made.arn, RoleSessionName: 'check' }),
      );
      const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
      return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
    } finally {
      sts.destroy();
    }
  };

  return {
    provider: 'embedded',
    endpoint: server.url,
    region,
    owner,
    versions: false,
    hidesDelete: false,
    missingBeforeRead: false,
    listsForAll: false,
    identities: { user, role },
    [Symbol.asyncDispose]: async () => {
      await server[Symbol.asyncDispose]();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
};

describe('the connection check on the embedded bucket', () => {
  runCheckTable(open, ['role', 'user']);
});
