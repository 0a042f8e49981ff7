import { list, pages, put, role } from './examples.ts';
import type { RuleDoc } from './rule-doc.ts';

const inBucket = { kind: 'bucket', bucket: 'media' } as const;

export const resourceRuleDocs = {
  S3R001: {
    why: 'Resources are named by ARN. A bucket name or a path is refused.',
    mend: 'Write `arn:aws:s3:::` before it.',
    source: pages.s3Arns,
    bad: { ...put, Resource: 'media/uploads/*' },
  },
  S3R002: {
    why: '`s3://` is how the command line writes a path. Policies do not know it.',
    mend: 'Write the ARN, with `/*` for everything below.',
    source: pages.s3Arns,
    bad: { ...put, Resource: 's3://media/uploads/' },
  },
  S3R003: {
    why: 'Names of buckets are global, and their ARNs leave region and account empty. With either of them the ARN matches no bucket.',
    mend: 'Keep the two fields empty. To tie a right to an account, add the condition `aws:ResourceAccount`.',
    source: pages.s3Arns,
    bad: { ...put, Resource: 'arn:aws:s3:eu-west-1:111122223333:media/*' },
  },
  S3R004: {
    why: 'Between `s3` and the bucket stand exactly three colons: the empty region and account. With one less the name slips into another field.',
    mend: 'Write `arn:aws:s3:::BUCKET`.',
    source: pages.s3Arns,
    bad: { ...put, Resource: 'arn:aws:s3::media/*' },
  },
  S3R005: {
    why: 'The action is about objects and the statement names only the bucket. Bucket and objects are different resources, so it allows or denies nothing.',
    mend: 'Name the objects: `arn:aws:s3:::BUCKET/*`, or better a prefix.',
    source: pages.s3Reference,
    bad: { ...put, Resource: 'arn:aws:s3:::media' },
  },
  S3R006: {
    why: 'The action is about the bucket and the statement names only objects. A list needs the ARN without a slash, so it allows or denies nothing.',
    mend: 'Name the bucket, and limit lists to a prefix with the condition `s3:prefix`.',
    source: pages.s3Reference,
    bad: { ...list, Resource: 'arn:aws:s3:::media/*' },
  },
  S3R007: {
    why: 'S3 has no bucket of this name, because it breaks the naming rules: 3 to 63 small letters, digits, hyphens and dots, with some beginnings and endings reserved.',
    mend: 'Look the name up in the console. Capitals and underscores are slips, or the name of something else.',
    source: pages.bucketNames,
    bad: { ...put, Resource: 'arn:aws:s3:::My_Bucket/*' },
    good: put,
  },
  S3R008: {
    why: 'A placeholder of the page that the policy was copied from is still there. It is accepted as a name, and nothing works.',
    mend: 'Put your own name there.',
    source: pages.s3Arns,
    bad: { ...put, Resource: 'arn:aws:s3:::YOUR-BUCKET-NAME/uploads/*' },
    good: put,
  },
  S3R009: {
    why: 'Names of buckets are global. A pattern also fits buckets that others will make, and a writer can be led to put your data there.',
    mend: 'Name the bucket. If there are many, pin them to your account with `aws:ResourceAccount`.',
    source: pages.leastPrivilege,
    bad: { ...put, Resource: 'arn:aws:s3:::company-*/uploads/*' },
    good: put,
  },
  S3R010: {
    why: '`uploads*` also fits `uploads-private/…`. A prefix without its slash reaches into the neighbour; `home/${aws:username}*` lets bob into bobby.',
    mend: 'Close the prefix: `uploads/*`.',
    source: pages.resource,
    bad: { ...put, Resource: 'arn:aws:s3:::media/uploads*' },
  },
  S3R011: {
    why: 'Keys have no leading slash unless somebody put one there, and two slashes in a row are an empty folder name. The ARN then fits none of the keys.',
    mend: 'Take the slash out.',
    source: pages.s3Arns,
    bad: { ...put, Resource: 'arn:aws:s3:::media//uploads/*' },
  },
  S3R012: {
    why: 'Objects behind an access point are named with `/object/` between its name and the key. Without it the ARN matches nothing.',
    mend: 'Write `accesspoint/NAME/object/KEY`.',
    source: pages.accessPoints,
    bad: { ...put, Resource: 'arn:aws:s3:eu-west-1:111122223333:accesspoint/ap/uploads/*' },
  },
  S3R013: {
    why: 'The second field names a partition of AWS: `aws`, `aws-cn`, `aws-us-gov` and a few closed ones. S3-compatible servers use `aws` too.',
    mend: 'Write `arn:aws:s3:::`.',
    source: pages.s3Arns,
    bad: { ...put, Resource: 'arn:minio:s3:::media/*' },
  },
  S3R014: {
    why: '`*` is every bucket of the account, also those of next year.',
    mend: 'Name the bucket and its objects. Only actions of the account, such as `s3:ListAllMyBuckets`, need `*`.',
    source: pages.leastPrivilege,
    bad: { ...put, Resource: '*' },
    good: put,
  },
  S3R015: {
    why: 'A bucket policy may name its own bucket and objects only. S3 answers "Policy has invalid resource" and keeps the old one.',
    mend: 'Name the bucket that the policy is attached to.',
    source: pages.bucketPolicies,
    bad: { ...put, Principal: role, Resource: 'arn:aws:s3:::other/*' },
    options: inBucket,
  },
  S3R016: {
    why: 'Allow with `NotResource` allows the actions on everything that is not named: all other buckets, now and later.',
    mend: 'Name what is allowed. `NotResource` is for Deny, where it makes a fence.',
    source: pages.notResource,
    bad: { Effect: 'Allow', Action: 's3:GetObject', NotResource: 'arn:aws:s3:::media/private/*' },
    good: { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::media/public/*' },
  },
  S3R017: {
    why: 'Allow with `NotPrincipal` lets in everybody in the world but those that are named, anonymous callers too.',
    mend: 'Name who may, in `Principal`.',
    source: pages.notPrincipal,
    bad: { ...put, NotPrincipal: role },
    options: inBucket,
  },
} satisfies Record<string, RuleDoc>;
