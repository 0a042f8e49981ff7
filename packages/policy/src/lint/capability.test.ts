import { describe, expect, test } from 'vitest';
import { capabilities } from '../jobs/capability.ts';
import { generate } from '../generate/generate.ts';
import { lintPolicy } from './lint-policy.ts';

const upload = ['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'];
const lint = (statement: object, job: 'ingest' | 'ingestResumable' | 'deliver') =>
  lintPolicy(JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, null, 2), {
    kind: 'identity',
    bucket: 'media',
    prefix: 'uploads/',
    capabilities: [job],
  });
const rows = (findings: ReturnType<typeof lint>, rule: string) =>
  findings.filter((finding) => finding.rule === rule);

describe('a policy against a job', () => {
  test('says what is missing and adds it', () => {
    const findings = lint(
      { Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::media/uploads/*' },
      'ingestResumable',
    );
    const missing = rows(findings, 'S3X010');
    expect(missing.map(({ message }) => message.match(/s3:\w+/)?.[0])).toEqual([
      's3:ListMultipartUploadParts',
      's3:AbortMultipartUpload',
    ]);
    const mended = missing[0]?.fixes[0]?.text ?? '';
    const again = lintPolicy(mended, {
      kind: 'identity',
      bucket: 'media',
      prefix: 'uploads/',
      capabilities: ['ingestResumable'],
    });
    expect(rows(again, 'S3X010')).toHaveLength(1);
    expect(JSON.parse(mended)).toMatchObject({
      Statement: [{}, { Action: 's3:ListMultipartUploadParts', Resource: 'arn:aws:s3:::media/uploads/*' }],
    });
  });

  test('says what is too much, where it is allowed, and takes it away', () => {
    const findings = lint(
      { Effect: 'Allow', Action: [...upload, 's3:GetObject'], Resource: 'arn:aws:s3:::media/uploads/*' },
      'ingestResumable',
    );
    const excess = rows(findings, 'S3X011');
    expect(excess).toHaveLength(1);
    expect(excess[0]).toMatchObject({ severity: 'security', path: 'Statement[0].Action[3]', statement: 0 });
    const mended = excess[0]?.fixes[0]?.text ?? '';
    expect(JSON.parse(mended)).toMatchObject({ Statement: [{ Action: upload }] });
  });

  test('sees that a whole bucket is more than a prefix', () => {
    const findings = lint(
      { Effect: 'Allow', Action: upload, Resource: 'arn:aws:s3:::media/*' },
      'ingestResumable',
    );
    expect(
      rows(findings, 'S3X011')
        .map(({ message }) => message)
        .join(),
    ).toContain('s3:PutObject');
    expect(rows(findings, 'S3X010')).toEqual([]);
  });

  test('points at the Deny that stands in the way', () => {
    const text = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: upload, Resource: 'arn:aws:s3:::media/uploads/*' },
        {
          Effect: 'Deny',
          Action: 's3:PutObject',
          Resource: 'arn:aws:s3:::media/*',
          Condition: { StringNotLike: { 's3:prefix': 'uploads/*' } },
        },
      ],
    });
    const [missing] = rows(
      lintPolicy(text, { kind: 'identity', bucket: 'media', prefix: 'uploads/', capabilities: ['ingest'] }),
      'S3X010',
    );
    expect(missing?.statement).toBe(1);
  });

  test.each(capabilities)('finds nothing to add or drop in what is generated for %s', (capability) => {
    const { identity, bucketPolicy } = generate({
      capabilities: [capability],
      provider: 'aws',
      bucket: 'media',
      prefix: 'team-a/',
      region: 'eu-central-1',
      accountId: '444455556666',
      principal: 'arn:aws:iam::111122223333:user/member',
    });
    for (const [kind, document] of [
      ['identity', identity],
      ['bucket', bucketPolicy],
    ] as const) {
      if (document === null) continue;
      const findings = lintPolicy(JSON.stringify(document, null, 2), {
        kind,
        bucket: 'media',
        prefix: 'team-a/',
        accountId: '444455556666',
        capabilities: [capability],
        caller: { principal: 'arn:aws:iam::111122223333:user/member' },
      });
      expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
    }
  });
});
