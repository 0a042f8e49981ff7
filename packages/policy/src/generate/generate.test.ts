import { describe, expect, test } from 'vitest';
import { textsOf } from '../evaluate/element-values.ts';
import { lintPolicy } from '../lint/lint-policy.ts';
import { providerProfiles } from '../providers/profiles.ts';
import { policyProviders, type PolicyProvider } from '../providers/provider-id.ts';
import { formatPolicy } from './format-policy.ts';
import type { GenerateInput } from './generate-input.ts';
import { generate } from './generate.ts';
import { PolicyInputError } from './policy-input-error.ts';

const base: GenerateInput = {
  capabilities: ['process'],
  provider: 'aws',
  bucket: 'media',
  prefix: 'in/',
  outputPrefix: 'out/',
};
const everything: Partial<GenerateInput> = {
  region: 'eu-central-1',
  accountId: '111122223333',
  principal: 'arn:aws:iam::444455556666:user/windlass',
  trust: { principal: 'arn:aws:iam::444455556666:role/windlass', externalId: 'con_1' },
  webIdentity: { issuer: 'id.example', audience: 'windlass', subject: 'connection:con_1' },
  origins: ['https://app.example.com'],
  addOns: {
    writeOnce: true,
    tlsOnly: true,
    accountPin: true,
    kmsKey: 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd',
  },
};
const titles = (input: GenerateInput) => generate(input).notes.map(({ title }) => title);

describe('generate', () => {
  test('reads and writes apart, in statements that a person can read', () => {
    expect(generate(base).identity).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Sid: 'Read', Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::media/in/*' },
        {
          Sid: 'Upload',
          Effect: 'Allow',
          Action: ['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
          Resource: 'arn:aws:s3:::media/out/*',
        },
        {
          Sid: 'List',
          Effect: 'Allow',
          Action: 's3:ListBucket',
          Resource: 'arn:aws:s3:::media',
          Condition: { StringLike: { 's3:prefix': 'in/*' } },
        },
      ],
    });
  });

  test('asks for the region apart from the listing, whose condition would refuse it', () => {
    const { identity } = generate({ ...base, capabilities: ['deliver'] });
    expect(identity?.Statement).toContainEqual({
      Sid: 'Locate',
      Effect: 'Allow',
      Action: 's3:GetBucketLocation',
      Resource: 'arn:aws:s3:::media',
    });
  });

  test('joins what two jobs need of the same keys', () => {
    const { identity } = generate({ ...base, capabilities: ['ingest', 'deliver'], prefix: 'm/' });
    expect(identity?.Statement).toMatchObject([
      { Sid: 'ReadUpload', Action: ['s3:GetObject', 's3:PutObject'] },
      { Sid: 'List' },
      { Sid: 'Locate' },
    ]);
  });

  test('trusts our principal with the external ID, and tokens by audience and subject', () => {
    expect(generate({ ...base, ...everything }).trust?.Statement).toMatchObject([
      { Action: 'sts:AssumeRole', Condition: { StringEquals: { 'sts:ExternalId': 'con_1' } } },
      {
        Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/id.example' },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: { StringEquals: { 'id.example:aud': 'windlass', 'id.example:sub': 'connection:con_1' } },
      },
    ]);
  });

  test('makes no lifecycle where nothing is written, and one rule for each folder that is', () => {
    expect(generate({ ...base, capabilities: ['deliver'] }).lifecycle).toBeNull();
    expect(generate(base).lifecycle?.Rules).toEqual([
      {
        ID: 'abort-incomplete-uploads',
        Status: 'Enabled',
        Filter: { Prefix: 'out/' },
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
      },
    ]);
  });

  test('names the partition of the region', () => {
    const { identity } = generate({ ...base, region: 'cn-north-1' });
    expect(JSON.stringify(identity)).toContain('arn:aws-cn:s3:::media/in/*');
  });

  test('writes what IAM takes: nothing beyond Latin-1, and the same when read', () => {
    const { identity } = generate({ ...base, prefix: '日本 🙂/' });
    const text = identity === null ? '' : formatPolicy(identity);
    expect(text).toMatch(/^[\t\n\r -ÿ]+$/);
    expect(JSON.parse(text)).toEqual(identity);
  });

  test('makes the same of the same input, and changes nothing in it', () => {
    const input = structuredClone({ ...base, ...everything });
    const first = JSON.stringify(generate(input));
    expect(JSON.stringify(generate(input))).toBe(first);
    expect(input).toEqual({ ...base, ...everything });
  });

  test.each(policyProviders.map((one) => [one]))(
    'gives %s only what it can express, and says the rest',
    (provider) => {
      const profile = providerProfiles[provider];
      const documents = generate({ ...base, ...everything, provider });
      const all = [
        ['identity', documents.identity],
        ['bucket', documents.bucketPolicy],
        ['trust', documents.trust],
      ] as const;
      for (const [kind, document] of all) {
        if (document === null) continue;
        expect(profile.policyKinds).toContain(kind);
        const unsupported = lintPolicy(formatPolicy(document), { kind, provider, bucket: 'media' }).filter(
          ({ rule }) => rule === 'S3X012',
        );
        expect(unsupported.map(({ message }) => message)).toEqual([]);
      }
    },
  );
});

describe('notes of generate', () => {
  test.each<[PolicyProvider, string]>([
    ['r2', 'Make an R2 API token'],
    ['b2', 'Make an application key'],
    ['spaces', 'Make a Spaces access key'],
    ['minio', 'Attach the policy to a user'],
    ['ceph', 'Attach the policy to a user'],
    ['embedded', 'Make a user on the Embedded bucket page'],
  ])('lead to the keys of %s', (provider, title) => {
    expect(titles({ ...base, provider })).toContain(title);
  });

  test('say how much wider than the job a key is', () => {
    const ingest: GenerateInput = { ...base, capabilities: ['ingest'], provider: 'r2' };
    const lines = generate(ingest).notes.flatMap((note) => note.lines);
    expect(lines).toContain('It can also read, delete, list.');
    expect(lines.some((line) => line.includes('temp-access-credentials') && line.includes('["in/"]'))).toBe(
      true,
    );
    expect(titles({ ...ingest, capabilities: ['gallery'], prefix: '' })).not.toContain(
      'The token is wider than the job',
    );
  });

  test('hold a B2 key to the folder that all its rights share', () => {
    const call =
      generate({ ...base, provider: 'b2', prefix: 'a/in/', outputPrefix: 'a/out/' }).notes[0]?.lines[1] ??
      '{}';
    expect(JSON.parse(call)).toMatchObject({
      namePrefix: 'a/',
      capabilities: expect.arrayContaining(['readFiles', 'writeFiles', 'listFiles']),
    });
    expect(call).not.toContain('deleteFiles');
  });

  test('say why a gallery member needs a name on Ceph, and fit the document to the one who is named', () => {
    const member: GenerateInput = { ...base, capabilities: ['galleryMember'], provider: 'ceph' };
    expect(generate(member).identity).toBeNull();
    expect(titles(member)).toContain('One document for each member');
    const { identity } = generate({ ...member, user: 'ann' });
    const [read] = [identity?.Statement ?? []].flat();
    expect(textsOf(read?.Resource)).toEqual([
      'arn:aws:s3:::media/in/team/*',
      'arn:aws:s3:::media/in/private/ann/*',
    ]);
  });

  test('say what of an add-on is left out', () => {
    const all = { ...base, ...everything };
    expect(titles({ ...all, provider: 'ceph' })).toEqual(
      expect.arrayContaining([
        'Objects can be overwritten',
        'Rights are not pinned to the account',
        'No rights on a KMS key',
        'No external ID',
      ]),
    );
    expect(titles({ ...all, provider: 'minio' })).toEqual(
      expect.arrayContaining(['No bucket policy', 'No role', 'CORS is a setting of the whole server']),
    );
  });

  test('leave out, with the reason, a demand for TLS that would lock a bucket without it', () => {
    const asked: GenerateInput = { ...base, addOns: { tlsOnly: true } };
    const { bucketPolicy, notes } = generate({ ...asked, provider: 'embedded' });
    expect(bucketPolicy).toBeNull();
    expect(notes).toContainEqual(
      expect.objectContaining({ kind: 'limit', title: 'No policy refuses requests without TLS' }),
    );
    for (const provider of ['aws', 'ceph', 'other'] as const)
      expect(generate({ ...asked, provider }).bucketPolicy?.Statement).toMatchObject([{ Sid: 'TlsOnly' }]);
  });

  test('refuse a prefix that a provider without escapes would read as a pattern', () => {
    expect(() => generate({ ...base, provider: 'ceph', prefix: 'a*/' })).toThrow(PolicyInputError);
    expect(() => generate({ ...base, provider: 'r2', prefix: 'a*/' })).not.toThrow();
  });
});
