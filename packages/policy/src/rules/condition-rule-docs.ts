import { denyAll, list, pages, put, role } from './examples.ts';
import type { RuleDoc } from './rule-doc.ts';

const inBucket = { kind: 'bucket', bucket: 'media' } as const;
const denyPut = { Effect: 'Deny', Principal: role, Action: 's3:PutObject', Resource: 'arn:aws:s3:::media/*' };
const ifExists =
  'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IfExists';

export const conditionRuleDocs = {
  S3C001: {
    why: 'Each request carries certain condition keys and no others. `s3:prefix` belongs to lists; an upload never has it, so the condition is never true and the statement does nothing.',
    mend: 'To limit uploads to a prefix, write the prefix into `Resource`.',
    source: pages.s3Keys,
    bad: {
      ...put,
      Resource: 'arn:aws:s3:::media/*',
      Condition: { StringLike: { 's3:prefix': 'uploads/*' } },
    },
  },
  S3C002: {
    why: 'A negated operator, `…IfExists`, `ForAllValues` and `Null` with true are true for a key that the request does not have. In a Deny on an action that never has the key this means: always denied. The fence that was to keep uploads inside a prefix then keeps out every upload, inside the prefix too.',
    mend: 'Build the fence with `NotResource`: deny the action on everything but the prefix, without a condition. For a key from another account the Allow alone is enough: what it does not name is denied anyway.',
    source: ifExists,
    bad: { ...denyPut, Condition: { StringNotLikeIfExists: { 's3:prefix': ['uploads/*'] } } },
    options: inBucket,
  },
  S3C003: {
    why: 'A condition counts for every action of its statement. `s3:GetBucketLocation` never has `s3:prefix`; in one statement with a list it is never allowed, and a Deny with a negated operator denies it always.',
    mend: 'Give the actions with the key a statement of their own.',
    source: pages.s3Keys,
    bad: {
      ...list,
      Action: ['s3:ListBucket', 's3:GetBucketLocation'],
      Condition: { StringLike: { 's3:prefix': 'uploads/*' } },
    },
  },
  S3C004: {
    why: 'There is no such operator. IAM refuses the document.',
    mend: 'Use one of the documented operators; for patterns `StringLike`.',
    source: pages.operators,
    bad: { ...list, Condition: { StringLikes: { 's3:prefix': 'uploads/*' } } },
  },
  S3C005: {
    why: 'S3 has no such condition key. No request carries it: an Allow never applies, a negated Deny always.',
    mend: 'Write the key as the reference spells it. Headers have `s3:` before them: `s3:x-amz-acl`.',
    source: pages.s3Keys,
    bad: { ...put, Condition: { StringEquals: { 's3:x-amz-acls': 'private' } } },
  },
  S3C006: {
    why: 'AWS has no such global key, so no request carries it.',
    mend: 'Write the key as the list of global condition keys spells it.',
    source: pages.globalKeys,
    bad: { ...put, Condition: { IpAddress: { 'aws:SourceIP4': '203.0.113.0/24' } } },
  },
  S3C007: {
    why: 'Only the `Like` operators follow `*` and `?`. With `StringEquals` the value must hold the star itself, which no list does.',
    mend: 'Use `StringLike` or `StringNotLike`.',
    source: pages.operators,
    bad: { ...list, Condition: { StringEquals: { 's3:prefix': 'uploads/*' } } },
  },
  S3C008: {
    why: 'The operator compares another type than the key has. The comparison fails or compares letters where numbers were meant.',
    mend: 'Use the operator of the type: Numeric, Bool, Date, IpAddress or Arn.',
    source: pages.operators,
    bad: { ...list, Condition: { StringEquals: { 's3:max-keys': '10' } } },
  },
  S3C009: {
    why: '`Bool` and `Null` compare with `true` or `false`. Any other value is never equal.',
    mend: 'Write `true` or `false`.',
    source: pages.operators,
    bad: { ...put, Condition: { Bool: { 'aws:SecureTransport': 'yes' } } },
  },
  S3C010: {
    why: '`Null` asks whether a key is there. "If it exists" makes no sense with it, and IAM refuses the operator.',
    mend: 'Write `Null`.',
    source: ifExists,
    bad: { ...put, Condition: { NullIfExists: { 's3:x-amz-acl': 'true' } } },
  },
  S3C011: {
    why: 'The value is no address and no range. IAM refuses it, or the condition is never true.',
    mend: 'Write an address, or a range like `203.0.113.0/24` or `2001:db8::/32`.',
    source: 'https://www.rfc-editor.org/rfc/rfc4632#section-3.1',
    bad: { ...put, Condition: { IpAddress: { 'aws:SourceIp': '300.1.1.1/24' } } },
    good: { ...put, Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } },
  },
  S3C012: {
    why: 'S3 sees the public address of a caller. Private ranges never come; through a VPC endpoint the key `aws:SourceIp` is missing altogether.',
    mend: 'Name the public addresses of your network, or use `aws:SourceVpce`, or `aws:VpcSourceIp` together with `aws:SourceVpc`.',
    source: pages.globalKeys,
    bad: { ...put, Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } },
    good: { ...put, Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-0a1b2c3d4e5f67890' } } },
  },
  S3C013: {
    why: 'Dates are ISO 8601 or seconds since 1970. Any other form is never matched.',
    mend: 'Write `2026-11-22T10:00:00Z`.',
    source: pages.operators,
    bad: { ...put, Condition: { DateLessThan: { 'aws:CurrentTime': '31-12-2026' } } },
    good: { ...put, Condition: { DateLessThan: { 'aws:CurrentTime': '2026-12-31T00:00:00Z' } } },
  },
  S3C014: {
    why: '`ForAllValues` is true when the request has no value at all. In an Allow that lets requests through that were to be checked.',
    mend: 'For a key with one value leave the prefix away. For one with several add `Null` with `false`, which demands the key.',
    source: pages.setOperators,
    bad: { ...put, Condition: { 'ForAllValues:StringEquals': { 's3:x-amz-acl': 'private' } } },
  },
  S3C015: {
    why: 'The key may have several values in one request. Without `ForAnyValue` or `ForAllValues` it is not said which of them count.',
    mend: 'Say `ForAnyValue` if one match is enough, `ForAllValues` if all must match.',
    source: pages.setOperators,
    bad: {
      ...put,
      Action: 's3:PutObjectTagging',
      Condition: { StringEquals: { 's3:RequestObjectTagKeys': ['team', 'year'] } },
    },
  },
  S3C016: {
    why: 'The brace of a variable is not closed, or there is nothing in it. IAM refuses the document or takes the text as it is.',
    mend: 'Write `${aws:username}`.',
    source: pages.variables,
    bad: { ...put, Resource: 'arn:aws:s3:::media/${aws:username/*' },
  },
  S3C017: {
    why: 'There is no such variable. The statement then matches nothing, or is dropped as a whole.',
    mend: 'Use a global key such as `aws:username`, `aws:PrincipalTag/…` or `aws:userid`. To write `${` itself, write `${$}{`.',
    source: pages.variables,
    bad: { ...put, Resource: 'arn:aws:s3:::media/${username}/*' },
  },
  S3C018: {
    why: 'A condition without keys or values says nothing. Nobody can tell what it was meant to limit.',
    mend: 'Write the condition, or take it out.',
    source: pages.grammar,
    bad: { ...put, Condition: { StringEquals: {} } },
  },
  S3C019: {
    why: 'The value is not the id of a VPC or of an endpoint: `vpc-…` for the one, `vpce-…` for the other.',
    mend: 'Copy the id from the console.',
    source: pages.vpcEndpoints,
    bad: { ...put, Condition: { StringEquals: { 'aws:SourceVpce': 'vpc-0a1b2c3d4e5f67890' } } },
    good: { ...put, Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d4e5f67890' } } },
  },
  S3C020: {
    why: '`${aws:username}` is the name of an IAM user. Roles and sessions have none: an Allow gives them nothing, a Deny does not hold them.',
    mend: 'Use `${aws:PrincipalTag/…}` for roles, or a session policy for each user. For a group of users the variable is right, and where the job is named that gives each member a folder.',
    source: pages.variables,
    bad: { ...put, Resource: 'arn:aws:s3:::media/${aws:username}/*' },
    good: { ...put, Resource: 'arn:aws:s3:::media/${aws:PrincipalTag/uid}/*' },
  },
  S3C021: {
    why: 'The key is in the request only when the client sends it. A list without a prefix is refused, and so is HeadBucket, with which many programs test a connection; an upload without the header is refused too.',
    mend: 'Keep the condition if that is what you want. Allow s3:GetBucketLocation beside a list, and the connection can be tested by it; or name the job, and only what its calls leave away is reported. Tell the people who upload which header they have to send.',
    source: pages.s3Keys,
    bad: { ...list, Condition: { StringLike: { 's3:prefix': 'uploads/*' } } },
    good: list,
  },
  S3C022: {
    why: 'Private addresses repeat in every VPC, also in those of others.',
    mend: 'Name the VPC as well, with `aws:SourceVpc` or `aws:SourceVpce`.',
    source: pages.globalKeys,
    bad: { ...put, Condition: { IpAddress: { 'aws:VpcSourceIp': '10.0.0.0/16' } } },
    good: {
      ...put,
      Condition: {
        IpAddress: { 'aws:VpcSourceIp': '10.0.0.0/16' },
        StringEquals: { 'aws:SourceVpc': 'vpc-0a1b2c3d4e5f67890' },
      },
    },
  },
  S3C023: {
    why: 'The account of the resource is the same for every request to one bucket, so the condition is always true or always false there. It is made for policies of users, whom it keeps from strange buckets.',
    mend: 'Take it out of the bucket policy and put it into the policy of the user.',
    source: pages.globalKeys,
    bad: { ...denyAll, Condition: { StringNotEquals: { 'aws:ResourceAccount': '111122223333' } } },
    good: { ...denyAll, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    options: inBucket,
  },
} satisfies Record<string, RuleDoc>;
