import { describe, expect, test } from 'vitest';
import { evaluate } from '../evaluate/evaluate.ts';
import type { PolicyDocument } from '../document/policy-document.ts';
import { lintPolicy } from './lint-policy.ts';

const rulesOf = (text: string, kind: 'identity' | 'bucket'): string[] =>
  lintPolicy(text, { kind }).map(({ rule }) => rule);

/** Policies that products ask their customers for, as their help pages print them. */
const webqsee = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Action": ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
      "Resource": ["arn:aws:s3:::webqsee/gallery/*"],
      "Effect": "Allow"
    },
    {
      "Action": ["s3:ListBucket"],
      "Resource": ["arn:aws:s3:::webqsee"],
      "Condition": {
        "StringLike": {
          "s3:prefix": ["gallery/*"]
        }
      },
      "Effect": "Allow"
    }
  ]
}`;

/** What is left of it on the page: the browser that copied it dropped the lines of single braces. */
const webqseeWithoutBraces = `"Version": "2012-10-17",
"Statement": [
"Action": [
"Resource": [
"Effect": "Allow"
"Action": [
"Resource": [
"Condition": {
"StringLike": {
"s3:prefix": [
"Effect": "Allow"
`;

const simpleOrderSystem = `{
"Version": "2012-10-17",
"Statement": [
{
"Sid": "Stmt1465584714000",
"Effect": "Allow",
"Action": "s3:PutObject",
"Resource": "arn:aws:s3:::yourbucketname/*"
}
]
}`;

const videskUpload = `{
    "Version": "2012-10-17",
    "Statement": [
        {
            "Sid": "16933222-fba4-4de3-bf3e-427759b73a9d",
            "Effect": "Allow",
            "Action": "s3:PutObject",
            "Resource": "arn:aws:s3:::<REPLACE_BUCKET_NAME>/*"
        }
    ]
}`;

const videskFence = `{
    "Version": "2012-10-17",
    "Statement": [
        {
            "Sid": "AllowPrefixedWrites",
            "Effect": "Allow",
            "Principal": {
                "AWS": "arn:aws:iam::ACCOUNT-ID-WITHOUT-HYPHENS:user/videsk-connector"
            },
            "Action": "s3:PutObject",
            "Resource": "arn:aws:s3:::YOUR-BUCKET-NAME/uploads/*"
        },
        {
            "Sid": "DenyNonPrefixedWrites",
            "Effect": "Deny",
            "Principal": {
                "AWS": "arn:aws:iam::ACCOUNT-ID-WITHOUT-HYPHENS:user/videsk-connector"
            },
            "Action": "s3:PutObject",
            "Resource": "arn:aws:s3:::YOUR-BUCKET-NAME/*",
            "Condition": {
                "StringNotLikeIfExists": {
                    "s3:prefix": [
                        "uploads/*"
                    ]
                }
            }
        }
    ]
}`;

const imglab = `{
  "Statement": [{
    "Effect": "Allow",
    "Action": [
      "s3:GetObject",
      "s3:ListBucket",
      "s3:GetBucketLocation"
    ],
    "Resource": [
      "arn:aws:s3:::your-bucket-name/*",
      "arn:aws:s3:::your-bucket-name"
    ]
  }]
}`;

describe('policies from help pages', () => {
  test('webQsee: a list without a prefix, and with it HeadBucket, is refused', () => {
    const findings = lintPolicy(webqsee, { kind: 'identity' });
    expect(findings.map(({ rule }) => rule)).toEqual(['S3X007', 'S3C021']);
    expect(findings[1]).toMatchObject({ severity: 'warn', line: 14, column: 11, statement: 1 });
    expect(findings[1]?.message).toContain('HeadBucket');
  });

  test('webQsee without its braces: says where the first one is missing', () => {
    const [first] = lintPolicy(webqseeWithoutBraces, { kind: 'identity' });
    expect(first).toMatchObject({
      rule: 'S3P001',
      severity: 'error',
      line: 1,
      column: 1,
      message: 'The opening { before this name is missing',
    });
  });

  test('Simple Order System: the name of the bucket was never filled in', () => {
    expect(rulesOf(simpleOrderSystem, 'identity')).toEqual(['S3X007', 'S3R008']);
    expect(rulesOf(simpleOrderSystem.replace('yourbucketname', 'ronssosbucket'), 'identity')).toEqual([
      'S3X007',
    ]);
  });

  test('Videsk: IAM refuses the Sid of the upload policy', () => {
    const findings = lintPolicy(videskUpload, { kind: 'identity' });
    expect(findings.map(({ rule }) => rule)).toEqual(['S3P013', 'S3X007', 'S3R008']);
    const mended = findings[0]?.fixes[0]?.text ?? '';
    expect(rulesOf(mended, 'identity')).toEqual(['S3X007', 'S3R008']);
  });

  test('imglab: lacks its Version, and mixes the bucket with its objects', () => {
    const findings = lintPolicy(imglab, { kind: 'identity' });
    expect(findings.map(({ rule }) => rule)).toEqual(['S3P003', 'S3X008', 'S3R008', 'S3R008']);
    const split = findings.find(({ rule }) => rule === 'S3X008')?.fixes[0]?.text ?? '';
    expect(JSON.parse(split)).toEqual({
      Statement: [
        { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::your-bucket-name/*' },
        {
          Effect: 'Allow',
          Action: ['s3:ListBucket', 's3:GetBucketLocation'],
          Resource: 'arn:aws:s3:::your-bucket-name',
        },
      ],
    });
  });
});

const upload = (text: string, key: string): string => {
  // The text is one of the above or a fix of it.
  const bucketPolicy = JSON.parse(text) as PolicyDocument;
  return evaluate(
    {
      principal: 'arn:aws:iam::111122223333:user/videsk-connector',
      action: 's3:PutObject',
      resource: `arn:aws:s3:::media/${key}`,
      resourceAccount: '444455556666',
      context: {},
    },
    {
      bucketPolicy,
      identity: [
        { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:PutObject', Resource: '*' } },
      ],
    },
  ).decision;
};

describe("Videsk's fence", () => {
  const filled = videskFence
    .replaceAll('ACCOUNT-ID-WITHOUT-HYPHENS', '111122223333')
    .replaceAll('YOUR-BUCKET-NAME', 'media');
  test('is found, with the key that no upload has, and its placeholders', () => {
    const findings = lintPolicy(videskFence, { kind: 'bucket' });
    expect(findings.map(({ rule }) => rule)).toEqual([
      'S3R008',
      'S3X007',
      'S3R008',
      'S3R008',
      'S3R008',
      'S3C002',
    ]);
    const fence = findings.find(({ rule }) => rule === 'S3C002');
    expect(fence).toMatchObject({ severity: 'error', statement: 1, line: 23, column: 21, endColumn: 32 });
    expect(videskFence.slice(fence?.start, fence?.end)).toBe('"s3:prefix"');
    expect(fence?.path).toBe('Statement[1].Condition.StringNotLikeIfExists["s3:prefix"]');
  });

  test('denies every upload as it stands', () => {
    expect(['uploads/a.jpg', 'x.jpg'].map((key) => upload(filled, key))).toEqual([
      'ExplicitlyDenied',
      'ExplicitlyDenied',
    ]);
  });

  test('allows exactly the prefix after the offered fix, which touches nothing else', () => {
    const fence = lintPolicy(filled, { kind: 'bucket', bucket: 'media' }).find(
      ({ rule }) => rule === 'S3C002',
    );
    const [fix] = fence?.fixes ?? [];
    expect(fix?.title).toBe('Replace the condition by NotResource');
    const mended = fix?.text ?? '';
    expect(upload(mended, 'uploads/a.jpg')).toBe('Allowed');
    for (const key of ['x.jpg', 'uploads', 'uploadsx/a.jpg', 'other/uploads/a.jpg'])
      expect(`${key} ${upload(mended, key)}`).toBe(`${key} ExplicitlyDenied`);
    expect(
      lintPolicy(mended, { kind: 'bucket', bucket: 'media' }).filter(({ severity }) => severity !== 'info'),
    ).toEqual([]);
    const lines = filled.split('\n');
    expect(mended.split('\n').slice(0, 19)).toEqual(lines.slice(0, 19));
    expect(mended.split('\n').slice(19)).toEqual([
      '            "NotResource": "arn:aws:s3:::media/uploads/*"',
      '        }',
      '    ]',
      '}',
    ]);
  });
});
