/** What a session of a role is asked for. Each gets a policy of its own, so that a read can never turn into a write. */
export const accessPurposes = ['read', 'write', 'delete', 'check'] as const;
export type AccessPurpose = (typeof accessPurposes)[number];

/** STS takes 2,048 characters at most (AWS: AssumeRole, Policy). */
const maxCharacters = 2048;

const objectActions: Record<Exclude<AccessPurpose, 'check'>, readonly string[]> = {
  read: ['s3:GetObject'],
  write: ['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
  delete: ['s3:DeleteObject'],
};

/** What the check tries, inside the prefix and out: a fence that stands only in our own policy would prove nothing of the role. */
const checkedBucketActions = [
  's3:ListBucket',
  's3:GetBucketLocation',
  's3:GetBucketPolicy',
  's3:GetBucketAcl',
  's3:GetLifecycleConfiguration',
  's3:GetBucketCORS',
];
const checkedObjectActions = [...objectActions.read, ...objectActions.write, ...objectActions.delete];

interface Statement {
  Effect: 'Allow';
  Action: readonly string[];
  Resource: string;
  Condition?: Record<string, Record<string, string | readonly string[]>>;
}

/**
 * The session policy for one purpose at one place, as JSON that STS takes: characters up to U+00FF, at most 2,048 of
 * them. A prefix too long for that is cut and ends in a star: wider than the prefix, still narrower than the bucket.
 *
 * @example sessionPolicyFor('delete', { bucket: 'photos', prefix: 'team/', partition: 'aws', withKms: false })
 * // '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:DeleteObject"],"Resource":"arn:aws:s3:::photos/team/*"}]}'
 */
export const sessionPolicyFor = (
  purpose: AccessPurpose,
  place: { bucket: string; prefix: string; partition: string; withKms: boolean },
): string => {
  const characters = [...place.prefix];
  for (let kept = characters.length; ; kept -= 16) {
    const pattern = `${literal(characters.slice(0, Math.max(kept, 0)).join(''))}*`;
    const policy = { Version: '2012-10-17', Statement: statementsFor(purpose, place, pattern) };
    const text = toLatin1Json(policy);
    if (text.length <= maxCharacters || kept <= 0) return text;
  }
};

const statementsFor = (
  purpose: AccessPurpose,
  { bucket, partition, withKms }: { bucket: string; partition: string; withKms: boolean },
  pattern: string,
): Statement[] => {
  const arn = `arn:${partition}:s3:::${bucket}`;
  const allow = (
    Action: readonly string[],
    Resource: string,
    Condition?: Statement['Condition'],
  ): Statement => ({
    Effect: 'Allow',
    Action,
    Resource,
    ...(Condition === undefined ? {} : { Condition }),
  });
  // S3 encrypts with the caller's own rights where a bucket has a KMS key of the customer's.
  const kms = withKms
    ? [allow(['kms:Decrypt', 'kms:GenerateDataKey'], '*', { StringLike: { 'kms:ViaService': 's3.*' } })]
    : [];
  switch (purpose) {
    case 'check':
      return [
        allow(checkedBucketActions, arn),
        allow(checkedObjectActions, `${arn}/*`),
        allow(['s3:ListAllMyBuckets'], '*'),
        ...kms,
      ];
    case 'read':
      return [
        allow(objectActions.read, `${arn}/${pattern}`),
        // Without the right to list, a key that is missing answers 403 instead of 404.
        allow(['s3:ListBucket'], arn, { StringLike: { 's3:prefix': [pattern] } }),
        ...kms,
      ];
    case 'write':
      return [allow(objectActions.write, `${arn}/${pattern}`), ...kms];
    case 'delete':
      return [allow(objectActions.delete, `${arn}/${pattern}`)];
  }
};

/** Stars, question marks and dollars that mean themselves (AWS: IAM policy variables, special characters). */
const literal = (text: string): string => text.replaceAll(/[*?$]/g, (character) => `\${${character}}`);

/** JSON whose every character STS takes. */
const toLatin1Json = (value: unknown): string =>
  JSON.stringify(value).replaceAll(
    /[^\u0020-\u00ff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
