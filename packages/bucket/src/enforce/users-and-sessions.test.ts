import {
  GetObjectCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  Bucket,
  document,
  everything,
  get,
  list,
  objects,
  put,
  role,
  startPolicyScene,
  statement,
  statusOf,
  to,
  user,
} from '../testing/policy-scene.ts';
import type { PolicyScene } from '../testing/policy-scene.ts';

let scene: PolicyScene;
beforeAll(async () => {
  scene = await startPolicyScene();
});
afterAll(() => scene[Symbol.asyncDispose]());
beforeEach(() => scene.clear());

describe('a user', () => {
  /** Its policies, the bucket's policy, its boundary: what it may below `in/`. */
  const table: [
    name: string,
    identity: object[],
    bucket: object[],
    boundary: object[] | null,
    row: string,
  ][] = [
    ['has nothing by itself', [], [], null, '403 403 403'],
    ['has what its policy allows', [put], [], null, '200 403 403'],
    ['has what several statements allow', [put, get, list], [], null, '200 200 200'],
    [
      'has what the bucket allows it',
      [],
      [to({ AWS: user }, put), to({ AWS: user }, list)],
      null,
      '200 403 200',
    ],
    ['has the union of both', [put], [to({ AWS: user }, get)], null, '200 200 403'],
    ['has nothing of what the bucket allows another', [], [to({ AWS: role }, put)], null, '403 403 403'],
    [
      'has nothing of what the bucket leaves to the account',
      [],
      [to({ AWS: '000000000000' }, put)],
      null,
      '403 403 403',
    ],
    ['is denied by its own policy', [everything, statement('Deny', 's3:Put*', '*')], [], null, '403 200 200'],
    [
      'is denied by the bucket',
      [everything],
      [to('*', statement('Deny', 's3:GetObject', `${objects}/in/*`))],
      null,
      '200 403 200',
    ],
    ['is kept within its boundary', [everything], [], [put], '200 403 403'],
    ['is not given anything by its boundary', [], [], [everything], '403 403 403'],
    [
      'is not kept by its boundary from what the bucket allows it',
      [],
      [to({ AWS: user }, get)],
      [put],
      '403 200 403',
    ],
    [
      'is denied plain HTTP where the bucket insists on TLS',
      [everything],
      [
        to(
          '*',
          statement('Deny', 's3:*', [objects, `${objects}/*`], undefined, {
            Bool: { 'aws:SecureTransport': 'false' },
          }),
        ),
      ],
      null,
      '403 403 403',
    ],
    [
      'has its own folder by a variable',
      [statement('Allow', 's3:*', `${objects}/\${aws:username}/*`)],
      [],
      null,
      '403 403 403',
    ],
  ];

  test.each(table)('%s', async (_name, identity, bucket, boundary, row) => {
    const { iam } = scene.server;
    if (identity.length > 0) await iam.putPolicy({ user: 'worker' }, 'p', document(...identity));
    if (bucket.length > 0) await iam.putBucketPolicy(Bucket, document(...bucket));
    if (boundary !== null) await iam.setBoundary({ user: 'worker' }, document(...boundary));
    expect(await scene.rights(scene.worker)).toBe(row);
  });

  test('is fenced by a prefix', async () => {
    await scene.server.iam.putPolicy({ user: 'worker' }, 'p', document(put, get, list));
    expect(await scene.rights(scene.worker, 'out/')).toBe('403 403 403');
    expect(await statusOf(scene.s3(scene.worker).send(new ListObjectsV2Command({ Bucket })))).toBe(403);
    expect(await statusOf(scene.s3(scene.worker).send(new HeadBucketCommand({ Bucket })))).toBe(403);
  });

  test('reaches its own folder by a variable', async () => {
    const own = statement('Allow', 's3:PutObject', `${objects}/\${aws:username}/*`);
    await scene.server.iam.putPolicy({ user: 'worker' }, 'p', document(own));
    expect(
      await statusOf(
        scene.s3(scene.worker).send(new PutObjectCommand({ Bucket, Key: 'worker/a', Body: 'x' })),
      ),
    ).toBe(200);
    expect(
      await statusOf(
        scene.s3(scene.worker).send(new PutObjectCommand({ Bucket, Key: 'worker2/a', Body: 'x' })),
      ),
    ).toBe(403);
  });

  test('is told why', async () => {
    const { iam } = scene.server;
    const get403 = scene.s3(scene.worker).send(new GetObjectCommand({ Bucket, Key: 'in/there' }));
    const begin = `User: ${user} is not authorized to perform: s3:GetObject on resource: "${objects}/in/there"`;
    await expect(get403).rejects.toThrow(
      `${begin} because no identity-based policy allows the s3:GetObject action`,
    );
    await iam.putBucketPolicy(Bucket, document(to('*', statement('Deny', 's3:GetObject', `${objects}/*`))));
    await expect(
      scene.s3(scene.worker).send(new GetObjectCommand({ Bucket, Key: 'in/there' })),
    ).rejects.toThrow(`${begin} with an explicit deny in a resource-based policy`);
    await iam.putPolicy({ user: 'worker' }, 'p', document(statement('Deny', 's3:*', '*')));
    await expect(
      scene.s3(scene.worker).send(new GetObjectCommand({ Bucket, Key: 'in/there' })),
    ).rejects.toThrow(`${begin} with an explicit deny in an identity-based policy`);
    await iam.putPolicy({ user: 'worker' }, 'p', document(everything));
    await iam.putBucketPolicy(Bucket, null);
    await iam.setBoundary({ user: 'worker' }, document(put));
    await expect(
      scene.s3(scene.worker).send(new GetObjectCommand({ Bucket, Key: 'in/there' })),
    ).rejects.toThrow(`${begin} because no permissions boundary allows the s3:GetObject action`);
    await expect(scene.s3(scene.worker).send(new ListBucketsCommand({}))).rejects.toThrow(
      `User: ${user} is not authorized to perform: s3:ListAllMyBuckets because no permissions boundary allows the s3:ListAllMyBuckets action`,
    );
  });
});

describe('a session', () => {
  const sessionArn = 'arn:aws:sts::000000000000:assumed-role/job/run';
  const table: [name: string, identity: object[], bucket: object[], session: object[] | null, row: string][] =
    [
      ['has what its role has', [put, list], [], null, '200 403 200'],
      ['has no more than its session policy', [everything], [], [put], '200 403 403'],
      ['has no more than its role', [put], [], [everything], '200 403 403'],
      ['has what the bucket allows its role', [], [to({ AWS: role }, get)], null, '403 200 403'],
      ['has no more of that than its session policy', [], [to({ AWS: role }, get)], [put], '403 403 403'],
      [
        'has what the bucket allows the session itself',
        [],
        [to({ AWS: sessionArn }, get)],
        [put],
        '403 200 403',
      ],
      [
        'is denied by its session policy',
        [everything],
        [],
        [everything, statement('Deny', 's3:GetObject', '*')],
        '200 403 200',
      ],
      [
        'is denied by the bucket, by its role',
        [everything],
        [to({ AWS: role }, statement('Deny', 's3:PutObject', `${objects}/*`))],
        null,
        '403 200 200',
      ],
      [
        'is spared where its role is',
        [everything],
        [
          to(
            '*',
            statement('Deny', 's3:PutObject', `${objects}/*`, undefined, {
              ArnNotEquals: { 'aws:PrincipalArn': role },
            }),
          ),
        ],
        null,
        '200 200 200',
      ],
    ];

  test.each(table)('%s', async (_name, identity, bucket, session, row) => {
    const { iam } = scene.server;
    if (identity.length > 0) await iam.putPolicy({ role: 'job' }, 'p', document(...identity));
    if (bucket.length > 0) await iam.putBucketPolicy(Bucket, document(...bucket));
    expect(await scene.rights(await scene.assume(session === null ? undefined : document(...session)))).toBe(
      row,
    );
  });

  test('uploads by a form that it signed', async () => {
    await scene.server.iam.putPolicy({ role: 'job' }, 'p', document(put));
    const { url, fields } = await createPresignedPost(scene.s3(await scene.assume()), {
      Bucket,
      Key: 'in/form',
    });
    const send = async (changed: Record<string, string>): Promise<number> => {
      const form = new FormData();
      for (const [name, value] of Object.entries({ ...fields, ...changed })) form.append(name, value);
      form.append('file', new Blob(['x']));
      return (await fetch(url, { method: 'POST', body: form })).status;
    };
    expect(await send({})).toBe(204);
    expect(await send({ 'X-Amz-Security-Token': 'x' })).toBe(400);
  });
});

describe('signed URLs', () => {
  test('carry the rights of the moment in which they are used', async () => {
    const { iam } = scene.server;
    await iam.putPolicy({ user: 'worker' }, 'p', document(get));
    const url = await getSignedUrl(
      scene.s3(scene.worker),
      new GetObjectCommand({ Bucket, Key: 'in/there' }),
      {
        expiresIn: 60,
      },
    );
    expect((await fetch(url)).status).toBe(200);
    await iam.putPolicy({ user: 'worker' }, 'p', document(put));
    expect((await fetch(url)).status).toBe(403);
  });
});
