import {
  CreateRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { PolicyDocument } from '@windlass/policy';
import type { Ceph, CephUser } from './start-ceph.ts';

export interface SessionKeys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
}

/** Makes users and roles with policies on a running Ceph, by its own IAM and STS calls. */
export interface CephIdentities extends Disposable {
  /** May make no bucket of its own. Ceph drops a user's policies with each change of the user, so this one comes last. */
  user(name: string, policy: PolicyDocument): Promise<CephUser>;
  /** A role that `trusted` may assume. @returns its ARN */
  role(name: string, trusted: CephUser, policy: PolicyDocument): Promise<string>;
  /** A session of a role; behaves as on AWS, also where a user would own what it uploaded. */
  assume(trusted: CephUser, roleArn: string): Promise<SessionKeys>;
}

export const createCephIdentities = (ceph: Ceph): CephIdentities => {
  const { endpoint, region } = ceph;
  const iam = new IAMClient({ endpoint, region, credentials: ceph.root, maxAttempts: 1 });
  const clients: { destroy(): void }[] = [iam];
  return {
    user: async (name, policy) => {
      const user = await ceph.createUser(name, 'guest');
      await iam.send(
        new PutUserPolicyCommand({
          UserName: name,
          PolicyName: 'rights',
          PolicyDocument: JSON.stringify(policy),
        }),
      );
      return user;
    },
    role: async (name, trusted, policy) => {
      const trust = {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: [`arn:aws:iam:::user/${trusted.userId}`] },
            Action: ['sts:AssumeRole'],
          },
        ],
      };
      await iam.send(
        new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: JSON.stringify(trust) }),
      );
      await iam.send(
        new PutRolePolicyCommand({
          RoleName: name,
          PolicyName: 'rights',
          PolicyDocument: JSON.stringify(policy),
        }),
      );
      return `arn:aws:iam:::role/${name}`;
    },
    assume: async (trusted, roleArn) => {
      const sts = new STSClient({ endpoint, region, credentials: trusted, maxAttempts: 1 });
      clients.push(sts);
      const { Credentials } = await sts.send(
        new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'check' }),
      );
      const { AccessKeyId, SecretAccessKey, SessionToken } = Credentials ?? {};
      if (AccessKeyId === undefined || SecretAccessKey === undefined || SessionToken === undefined)
        throw new Error('Ceph gave no session.');
      return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
    },
    [Symbol.dispose]: () => {
      for (const client of clients) client.destroy();
    },
  };
};
