import {
  CreateAccessKeyCommand,
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteOpenIDConnectProviderCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  GetAccessKeyLastUsedCommand,
  GetOpenIDConnectProviderCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  ListAccessKeysCommand,
  ListAttachedRolePoliciesCommand,
  ListAttachedUserPoliciesCommand,
  ListOpenIDConnectProvidersCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  ListUserPoliciesCommand,
  ListUsersCommand,
  paginateListUsers,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  SimulatePrincipalPolicyCommand,
  UpdateAccessKeyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBucket } from '../testing/start-bucket.ts';
import type { StartedBucket } from '../testing/start-bucket.ts';

let started: StartedBucket;
let iam: IAMClient;
beforeAll(async () => {
  started = await startBucket();
  iam = started.iam(await started.server.ensureUser({ name: 'root', administrator: true }));
});
afterAll(() => started[Symbol.asyncDispose]());

const allow = (Action: string, Resource = '*'): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] });
const trust = (AWS: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' }],
  });
const account = 'arn:aws:iam::000000000000';

describe('users', () => {
  test('are made, shown, listed and removed', async () => {
    const { User } = await iam.send(new CreateUserCommand({ UserName: 'ingest', Path: '/jobs/' }));
    expect(User).toMatchObject({
      UserName: 'ingest',
      Path: '/jobs/',
      Arn: `${account}:user/jobs/ingest`,
      UserId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/) as string,
      CreateDate: expect.any(Date) as Date,
    });
    expect((await iam.send(new GetUserCommand({ UserName: 'ingest' }))).User).toEqual(User);
    expect((await iam.send(new ListUsersCommand({ PathPrefix: '/jobs/' }))).Users).toEqual([User]);
    await expect(iam.send(new CreateUserCommand({ UserName: 'INGEST' }))).rejects.toMatchObject({
      name: 'EntityAlreadyExistsException',
      $metadata: { httpStatusCode: 409 },
    });
    await iam.send(new DeleteUserCommand({ UserName: 'ingest' }));
    await expect(iam.send(new GetUserCommand({ UserName: 'ingest' }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: 'The user with name ingest cannot be found.',
      $metadata: { httpStatusCode: 404 },
    });
  });

  test('are the caller itself where none is named', async () => {
    expect((await iam.send(new GetUserCommand({}))).User?.Arn).toBe(`${account}:user/root`);
    expect((await iam.send(new ListAccessKeysCommand({}))).AccessKeyMetadata).toHaveLength(1);
  });

  test('come in pages', async () => {
    for (const UserName of ['page1', 'page2', 'page3']) await iam.send(new CreateUserCommand({ UserName }));
    const names: (string | undefined)[] = [];
    const pages = paginateListUsers({ client: iam, pageSize: 2 }, {});
    let count = 0;
    for await (const { Users } of pages) {
      count += 1;
      names.push(...(Users ?? []).map(({ UserName }) => UserName));
    }
    expect(count).toBe(3);
    expect(names).toEqual(['alice', 'page1', 'page2', 'page3', 'root']);
  });

  test('are refused names that IAM refuses', async () => {
    await expect(iam.send(new CreateUserCommand({ UserName: 'a b' }))).rejects.toMatchObject({
      name: 'ValidationError',
    });
    await expect(iam.send(new CreateUserCommand({ UserName: 'x'.repeat(65) }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 400 },
    });
  });
});

describe('access keys', () => {
  test('sign until they are inactive or removed, and are two at most', async () => {
    await iam.send(new CreateUserCommand({ UserName: 'keys' }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'keys' }));
    await iam.send(
      new PutUserPolicyCommand({
        UserName: 'keys',
        PolicyName: 'list',
        PolicyDocument: allow('s3:ListAllMyBuckets'),
      }),
    );
    const AccessKeyId = AccessKey?.AccessKeyId ?? '';
    const s3 = started.client({
      credentials: { accessKeyId: AccessKeyId, secretAccessKey: AccessKey?.SecretAccessKey ?? '' },
    });
    const used = async (): Promise<string | undefined> =>
      (await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId }))).AccessKeyLastUsed?.ServiceName;
    expect(await used()).toBe('N/A');
    await s3.send(new ListBucketsCommand({}));
    expect(await used()).toBe('s3');

    const second = await iam.send(new CreateAccessKeyCommand({ UserName: 'keys' }));
    await expect(iam.send(new CreateAccessKeyCommand({ UserName: 'keys' }))).rejects.toMatchObject({
      name: 'LimitExceededException',
      $metadata: { httpStatusCode: 409 },
    });
    await iam.send(new UpdateAccessKeyCommand({ UserName: 'keys', AccessKeyId, Status: 'Inactive' }));
    expect((await iam.send(new ListAccessKeysCommand({ UserName: 'keys' }))).AccessKeyMetadata).toMatchObject(
      [
        { AccessKeyId, Status: 'Inactive', UserName: 'keys' },
        { AccessKeyId: second.AccessKey?.AccessKeyId, Status: 'Active' },
      ],
    );
    await expect(s3.send(new ListBucketsCommand({}))).rejects.toMatchObject({ name: 'InvalidAccessKeyId' });
    await expect(iam.send(new DeleteUserCommand({ UserName: 'keys' }))).rejects.toMatchObject({
      name: 'DeleteConflictException',
    });
    for (const key of [AccessKeyId, second.AccessKey?.AccessKeyId]) {
      await iam.send(new DeleteAccessKeyCommand({ UserName: 'keys', AccessKeyId: key }));
    }
    await expect(
      iam.send(new DeleteAccessKeyCommand({ UserName: 'keys', AccessKeyId })),
    ).rejects.toMatchObject({ name: 'NoSuchEntityException' });
    await expect(iam.send(new DeleteUserCommand({ UserName: 'keys' }))).rejects.toThrow('delete policies');
    await iam.send(new DeleteUserPolicyCommand({ UserName: 'keys', PolicyName: 'list' }));
    await iam.send(new DeleteUserCommand({ UserName: 'keys' }));
  });
});

describe('inline policies', () => {
  test('of users are kept to the letter', async () => {
    await iam.send(new CreateUserCommand({ UserName: 'policies' }));
    const PolicyDocument = `${allow('s3:GetObject', 'arn:aws:s3:::photos/ü + "%20"/*')}\n`;
    const named = { UserName: 'policies', PolicyName: 'read' };
    await iam.send(new PutUserPolicyCommand({ ...named, PolicyDocument }));
    const shown = await iam.send(new GetUserPolicyCommand(named));
    expect(decodeURIComponent(shown.PolicyDocument ?? '')).toBe(PolicyDocument);
    expect((await iam.send(new ListUserPoliciesCommand({ UserName: 'policies' }))).PolicyNames).toEqual([
      'read',
    ]);
    expect(
      (await iam.send(new ListAttachedUserPoliciesCommand({ UserName: 'policies' }))).AttachedPolicies ?? [],
    ).toEqual([]);
    await iam.send(new DeleteUserPolicyCommand(named));
    await expect(iam.send(new GetUserPolicyCommand(named))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    });
  });

  test.each([
    ['no JSON', '{'],
    ['a principal', trust('*')],
    ['no resource', JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 's3:GetObject' }] })],
    [
      'an unknown operator',
      allow('s3:GetObject').replace('}]', ',"Condition":{"StringMatches":{"a":"b"}}}]'),
    ],
    ['a resource that is no ARN', allow('s3:GetObject', 's3://photos/*')],
    ['an action without a service', allow('GetObject')],
  ])('with %s are malformed', async (_name, PolicyDocument) => {
    await iam.send(new CreateUserCommand({ UserName: 'malformed' })).catch(() => undefined);
    await expect(
      iam.send(new PutUserPolicyCommand({ UserName: 'malformed', PolicyName: 'p', PolicyDocument })),
    ).rejects.toMatchObject({
      name: 'MalformedPolicyDocumentException',
      $metadata: { httpStatusCode: 400 },
    });
  });

  test('together do not outgrow their quota', async () => {
    await iam.send(new CreateUserCommand({ UserName: 'large' }));
    const put = (PolicyName: string, length: number): Promise<unknown> =>
      iam.send(
        new PutUserPolicyCommand({
          UserName: 'large',
          PolicyName,
          PolicyDocument: allow('s3:GetObject', `arn:aws:s3:::${'x'.repeat(length)}/*`),
        }),
      );
    await put('one', 1500);
    await expect(put('two', 500)).rejects.toMatchObject({ name: 'LimitExceededException' });
    await put('one', 100);
    await put('two', 500);
  });
});

describe('roles', () => {
  test('are made, shown, changed and removed', async () => {
    const { Role } = await iam.send(
      new CreateRoleCommand({
        RoleName: 'deliver',
        AssumeRolePolicyDocument: trust(`${account}:root`),
        Description: 'Delivers <pictures> & more',
        MaxSessionDuration: 7200,
      }),
    );
    expect(Role).toMatchObject({
      RoleName: 'deliver',
      Arn: `${account}:role/deliver`,
      RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/) as string,
      Description: 'Delivers <pictures> & more',
      MaxSessionDuration: 7200,
    });
    await iam.send(
      new UpdateAssumeRolePolicyCommand({
        RoleName: 'deliver',
        PolicyDocument: trust(`${account}:user/root`),
      }),
    );
    const shown = (await iam.send(new GetRoleCommand({ RoleName: 'deliver' }))).Role;
    expect(decodeURIComponent(shown?.AssumeRolePolicyDocument ?? '')).toBe(trust(`${account}:user/root`));
    expect((await iam.send(new ListRolesCommand({}))).Roles?.map(({ RoleName }) => RoleName)).toEqual([
      'deliver',
    ]);
    const named = { RoleName: 'deliver', PolicyName: 'read' };
    await iam.send(new PutRolePolicyCommand({ ...named, PolicyDocument: allow('s3:GetObject') }));
    expect(decodeURIComponent((await iam.send(new GetRolePolicyCommand(named))).PolicyDocument ?? '')).toBe(
      allow('s3:GetObject'),
    );
    expect((await iam.send(new ListRolePoliciesCommand({ RoleName: 'deliver' }))).PolicyNames).toEqual([
      'read',
    ]);
    expect((await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: 'deliver' }))).IsTruncated).toBe(
      false,
    );
    await expect(iam.send(new DeleteRoleCommand({ RoleName: 'deliver' }))).rejects.toMatchObject({
      name: 'DeleteConflictException',
    });
    await iam.send(new DeleteRolePolicyCommand(named));
    await iam.send(new DeleteRoleCommand({ RoleName: 'deliver' }));
    await expect(iam.send(new GetRoleCommand({ RoleName: 'deliver' }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    });
  });

  test.each([
    ['a resource', trust(`${account}:root`).replace('"Action"', '"Resource":"*","Action"')],
    ['no principal', JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole' }] })],
    ['an action of another service', trust(`${account}:root`).replace('sts:AssumeRole', 's3:GetObject')],
    ['a wildcard in a principal', trust(`${account}:user/*`)],
  ])('refuse a trust policy with %s', async (_name, AssumeRolePolicyDocument) => {
    await expect(
      iam.send(new CreateRoleCommand({ RoleName: 'wrong', AssumeRolePolicyDocument })),
    ).rejects.toMatchObject({ name: 'MalformedPolicyDocumentException' });
  });
});

describe('identity providers', () => {
  test('are made, shown, listed and removed', async () => {
    const { OpenIDConnectProviderArn: arn } = await iam.send(
      new CreateOpenIDConnectProviderCommand({
        Url: 'https://issuer.example/tenant',
        ClientIDList: ['one', 'two'],
        ThumbprintList: ['a'.repeat(40)],
      }),
    );
    expect(arn).toBe(`${account}:oidc-provider/issuer.example/tenant`);
    const named = { OpenIDConnectProviderArn: arn };
    expect(await iam.send(new GetOpenIDConnectProviderCommand(named))).toMatchObject({
      Url: 'issuer.example/tenant',
      ClientIDList: ['one', 'two'],
      ThumbprintList: ['a'.repeat(40)],
    });
    expect((await iam.send(new ListOpenIDConnectProvidersCommand({}))).OpenIDConnectProviderList).toEqual([
      { Arn: arn },
    ]);
    await expect(
      iam.send(new CreateOpenIDConnectProviderCommand({ Url: 'https://issuer.example/tenant/' })),
    ).rejects.toMatchObject({ name: 'EntityAlreadyExistsException' });
    await iam.send(new DeleteOpenIDConnectProviderCommand(named));
    await expect(iam.send(new GetOpenIDConnectProviderCommand(named))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    });
  });

  test.each([
    'http://issuer.example',
    'https://issuer.example?a',
    'https://u:p@issuer.example',
    'issuer',
    'ftp://a',
  ])('are not taken from %s', async (Url) => {
    await expect(iam.send(new CreateOpenIDConnectProviderCommand({ Url }))).rejects.toMatchObject({
      name: 'InvalidInputException',
    });
  });
});

describe('the right to call IAM', () => {
  test('an owner of buckets has none', async () => {
    const alice = started.iam(started.user);
    await expect(alice.send(new CreateUserCommand({ UserName: 'eve' }))).rejects.toMatchObject({
      name: 'AccessDenied',
      $metadata: { httpStatusCode: 403 },
      message: `User: ${account}:user/alice is not authorized to perform: iam:CreateUser on resource: "${account}:user/eve" because no identity-based policy allows the iam:CreateUser action`,
    });
    // A user that is there and one that is not are refused alike.
    for (const UserName of ['root', 'nobody']) {
      await expect(alice.send(new GetUserCommand({ UserName }))).rejects.toMatchObject({
        name: 'AccessDenied',
      });
    }
  });

  test('is given by policies, on one user and not on others', async () => {
    await started.server.iam.createUser({ name: 'self' });
    await started.server.iam.putPolicy(
      { user: 'self' },
      'own-keys',
      allow('iam:*AccessKey*', `${account}:user/\${aws:username}`),
    );
    const self = started.iam(await started.server.iam.createAccessKey('self'));
    await self.send(new CreateAccessKeyCommand({}));
    await expect(self.send(new CreateAccessKeyCommand({ UserName: 'root' }))).rejects.toMatchObject({
      name: 'AccessDenied',
    });
  });

  test('a wrong secret, an unknown key and no signature have their own codes', async () => {
    const call = (accessKeyId: string, secretAccessKey: string): Promise<unknown> =>
      started.iam({ accessKeyId, secretAccessKey }).send(new ListUsersCommand({}));
    await expect(call(started.user.accessKeyId, 'wrong')).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
    });
    await expect(call('WLAKNOBODY', 'x')).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
    const answer = await fetch(`${started.server.url}/?Action=ListUsers&Version=2010-05-08`);
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('<Code>MissingAuthenticationToken</Code>');
  });
});

describe('a simulation', () => {
  test('answers as a real request would be', async () => {
    await started.server.iam.createUser({ name: 'simulated' });
    await started.server.iam.putPolicy(
      { user: 'simulated' },
      'list',
      JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: 's3:ListBucket',
            Resource: 'arn:aws:s3:::photos',
            Condition: { StringLike: { 's3:prefix': 'a/*' } },
          },
        ],
      }),
    );
    const { EvaluationResults } = await iam.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: `${account}:user/simulated`,
        ActionNames: ['s3:ListBucket', 's3:DeleteBucket'],
        ResourceArns: ['arn:aws:s3:::photos'],
        ContextEntries: [
          { ContextKeyName: 's3:prefix', ContextKeyType: 'string', ContextKeyValues: ['a/b'] },
        ],
      }),
    );
    expect(EvaluationResults?.map(({ EvalDecision }) => EvalDecision)).toEqual(['allowed', 'implicitDeny']);
  });
});
