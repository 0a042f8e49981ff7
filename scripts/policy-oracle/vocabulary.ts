/** Few words, so that random policies and random requests meet often. */
export const owner = '111122223333';
export const stranger = '444455556666';

export const principals = [
  `arn:aws:iam::${owner}:user/ann`,
  `arn:aws:iam::${owner}:user/ann`,
  `arn:aws:iam::${owner}:user/team/bob`,
  `arn:aws:iam::${stranger}:user/vendor`,
  `arn:aws:sts::${owner}:assumed-role/ingest/s1`,
  `arn:aws:sts::${owner}:assumed-role/ingest/s2`,
  `arn:aws:sts::${stranger}:assumed-role/agent/s1`,
  `arn:aws:iam::${owner}:root`,
  `arn:aws:iam::${stranger}:root`,
  '*',
] as const;

export const namedPrincipals = [
  '*',
  owner,
  stranger,
  `arn:aws:iam::${owner}:root`,
  `arn:aws:iam::${stranger}:root`,
  `arn:aws:iam::${owner}:user/ann`,
  `arn:aws:iam::${owner}:user/team/bob`,
  `arn:aws:iam::${stranger}:user/vendor`,
  `arn:aws:iam::${owner}:role/ingest`,
  `arn:aws:iam::${stranger}:role/agent`,
  `arn:aws:sts::${owner}:assumed-role/ingest/s1`,
  `arn:aws:sts::${stranger}:assumed-role/agent/s1`,
] as const;

export const objectActions = [
  's3:GetObject',
  's3:PutObject',
  's3:DeleteObject',
  's3:AbortMultipartUpload',
  's3:PutObjectTagging',
] as const;
export const bucketActions = ['s3:ListBucket', 's3:GetBucketLocation', 's3:PutBucketPolicy'] as const;

export const actionPatterns = [
  ...objectActions,
  ...bucketActions,
  's3:*',
  '*',
  's3:Get*',
  's3:PUT*',
  's3:*Object',
  's3:?etObject*',
  's3:ListBucke?',
  's3:PutObject*',
] as const;

export const keys = [
  'uploads/a.jpg',
  'uploads/2026/11/a:b.jpg',
  'uploads-evil/x',
  'ann/x',
  'été/日本 1.jpg',
  'a',
  'x(1)+.{2}',
] as const;

export const resourcePatterns = [
  '*',
  'arn:aws:s3:::b',
  'arn:aws:s3:::b/*',
  'arn:aws:s3:::*',
  'arn:aws:s3:::b/uploads/*',
  'arn:aws:s3:::b/uploads*',
  'arn:aws:s3:::b/*/a*',
  'arn:aws:s3:::b/?',
  'arn:aws:s3:::c/*',
  'arn:*:s3:::b/uploads/*',
  'arn:aws-cn:s3:::b/*',
  'arn:aws:s3:::b/x(1)*',
  'arn:aws:s3:::b/${aws:username}/*',
  "arn:aws:s3:::b/${aws:PrincipalTag/team, 'uploads'}/*",
  'arn:aws:s3:::b/${aws:PrincipalTag/team}/*',
  'arn:aws:s3:::b*',
] as const;

/** Condition blocks as `[operators, key, values]`, with the operators that fit the key. */
export const conditionShapes = [
  {
    operators: ['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike', 'StringEqualsIgnoreCase'],
    key: 's3:prefix',
    values: ['uploads/', 'uploads/*', '${aws:username}/*', 'UPLOADS/', ''],
  },
  { operators: ['StringEquals', 'StringNotEquals'], key: 's3:delimiter', values: ['/', ','] },
  {
    operators: [
      'NumericLessThan',
      'NumericLessThanEquals',
      'NumericEquals',
      'NumericNotEquals',
      'NumericGreaterThan',
    ],
    key: 's3:max-keys',
    values: ['10', '100', '1000'],
  },
  {
    operators: ['StringEquals', 'StringNotEquals', 'StringLike'],
    key: 's3:x-amz-acl',
    values: ['private', 'public-read', 'p*'],
  },
  {
    operators: ['StringEquals', 'StringNotEquals'],
    key: 's3:x-amz-server-side-encryption',
    values: ['AES256', 'aws:kms'],
  },
  {
    operators: [
      'ForAllValues:StringEquals',
      'ForAnyValue:StringEquals',
      'ForAnyValue:StringLike',
      'ForAllValues:StringLike',
      'ForAnyValue:StringNotEquals',
      'ForAllValues:StringNotEquals',
    ],
    key: 's3:RequestObjectTagKeys',
    values: ['env', 'team', 't*'],
  },
  { operators: ['Bool'], key: 'aws:SecureTransport', values: ['true', 'false'] },
  { operators: ['Bool'], key: 'aws:MultiFactorAuthPresent', values: ['true', 'false'] },
  {
    operators: ['IpAddress', 'NotIpAddress'],
    key: 'aws:SourceIp',
    values: ['203.0.113.0/24', '198.51.100.0/24', '203.0.113.10', '2001:db8::/32'],
  },
  {
    operators: ['DateLessThan', 'DateGreaterThan', 'DateGreaterThanEquals'],
    key: 'aws:CurrentTime',
    values: ['2026-11-01T00:00:00Z', '2026-12-01T00:00:00Z', '2026-11-22T10:00:00Z'],
  },
  {
    operators: ['ArnLike', 'ArnEquals', 'ArnNotLike', 'ArnNotEquals', 'StringLike', 'StringEquals'],
    key: 'aws:PrincipalArn',
    values: [`arn:aws:iam::${owner}:role/ingest`, `arn:aws:iam::${owner}:user/*`, `arn:aws:iam::*:role/*`],
  },
  {
    operators: ['StringEquals', 'StringNotEquals', 'StringLike'],
    key: 'aws:SourceVpce',
    values: ['vpce-1', 'vpce-2', 'vpce-*'],
  },
  {
    operators: ['StringEquals', 'StringNotEquals', 'StringLike'],
    key: 'aws:username',
    values: ['ann', 'b*', '${aws:username}'],
  },
  {
    operators: ['StringEquals', 'StringNotEquals'],
    key: 'aws:PrincipalTag/team',
    values: ['uploads', 'ann'],
  },
  { operators: ['StringEquals', 'StringNotEquals'], key: 'aws:PrincipalAccount', values: [owner, stranger] },
] as const;
