import { list, pages, put, role } from './examples.ts';
import type { RuleDoc } from './rule-doc.ts';

const inBucket = { kind: 'bucket', bucket: 'media' } as const;

export const documentRuleDocs = {
  S3P001: {
    why: 'IAM and S3 refuse what is not JSON, and a document without statements says nothing. The message of the console names no line; this one does.',
    mend: 'Go to the place that the finding names. Where the meaning is clear (a comma too many, other quotes, a lost brace) the fix repairs the whole document.',
    source: 'https://www.rfc-editor.org/rfc/rfc8259',
    bad: { Version: '2012-10-17', Statement: [] },
    good: { Version: '2012-10-17', Statement: [put] },
  },
  S3P002: {
    why: 'The policy language has a closed list of elements. With any other name in it the whole document is refused; comments have no place at all.',
    mend: 'Write the element that was meant, or remove it. A note fits into `Sid` (letters and digits) or beside the document.',
    source: pages.grammar,
    bad: { ...put, Actions: 's3:GetObject' },
  },
  S3P003: {
    why: 'Without `Version` a document counts as 2008-10-17. It works until somebody adds `${aws:username}`: that is then plain text, and the statement matches a folder of that very name.',
    mend: 'Add `"Version": "2012-10-17"` as the first element. It is the name of the language, not the date of your document.',
    source: pages.version,
    bad: { Statement: [put] },
  },
  S3P004: {
    why: 'The language of 2008 has no variables and nothing that came later.',
    mend: 'Set `2012-10-17`. If the document holds `${`, look first whether it was meant as a variable.',
    source: pages.version,
    bad: { Version: '2008-10-17', Statement: [put] },
  },
  S3P005: {
    why: 'There are two versions of the policy language, and IAM refuses any other date.',
    mend: 'Set `2012-10-17`.',
    source: pages.version,
    bad: { Version: '2026-11-27', Statement: [put] },
  },
  S3P006: {
    why: 'Variables came with version 2012-10-17. In an older document `${aws:username}` is text, so an Allow does not reach the folder it was made for, and a Deny does not guard it.',
    mend: 'Set or add `"Version": "2012-10-17"`.',
    source: pages.variables,
    bad: { Version: '2008-10-17', Statement: [{ ...put, Resource: 'arn:aws:s3:::media/${aws:username}/*' }] },
  },
  S3P007: {
    why: 'A statement allows or denies; nothing is assumed, and the document is refused.',
    mend: 'Add `Effect` with `Allow` or `Deny`.',
    source: pages.effect,
    bad: { Version: '2012-10-17', Statement: [{ Action: 's3:PutObject', Resource: 'arn:aws:s3:::media/*' }] },
  },
  S3P008: {
    why: '`Effect` is compared letter by letter. `allow`, `DENY` or `Permit` are refused.',
    mend: 'Write `Allow` or `Deny`.',
    source: pages.effect,
    bad: { ...put, Effect: 'allow' },
  },
  S3P009: {
    why: 'A statement without actions is refused, and so is one with an empty list.',
    mend: 'Name the actions that are needed, one by one.',
    source: pages.action,
    bad: { Effect: 'Allow', Resource: 'arn:aws:s3:::media/*' },
    good: put,
  },
  S3P010: {
    why: 'Every statement names its resources, except in a trust policy, where the role itself is the resource.',
    mend: 'Name the bucket (`arn:aws:s3:::BUCKET`) for lists, and its objects (`arn:aws:s3:::BUCKET/*`) for the rest.',
    source: pages.resource,
    bad: { Effect: 'Allow', Action: 's3:PutObject' },
    good: put,
  },
  S3P011: {
    why: 'An element and its negation in one statement contradict each other; IAM refuses the document.',
    mend: 'Keep the positive form. It is easier to read and grows with nothing that you did not write.',
    source: pages.grammar,
    bad: { ...put, NotAction: 's3:GetObject' },
  },
  S3P012: {
    why: 'Sids must differ within a document. IAM refuses twins.',
    mend: 'Number them, or leave the Sid away: nothing depends on it.',
    source: pages.sid,
    bad: {
      Version: '2012-10-17',
      Statement: [
        { Sid: 'Upload', ...put },
        { Sid: 'Upload', ...list },
      ],
    },
  },
  S3P013: {
    why: 'In policies of IAM a Sid has letters and digits only. S3 is more lenient with bucket policies, so that a Sid that was copied from there is refused here.',
    mend: 'Write the words together, as in `AllowUploads`.',
    source: pages.sid,
    bad: { Sid: '16933222-fba4-4de3', ...put },
  },
  S3P014: {
    why: 'A policy of a user, group, role or session is about its bearer. IAM refuses one that names somebody else. It is usually a bucket policy in the wrong box.',
    mend: 'Remove `Principal`, or put the document into the bucket policy.',
    source: pages.principal,
    bad: { ...put, Principal: '*' },
  },
  S3P015: {
    why: 'A policy of a bucket, access point or role has to say whom it is about. It is usually a policy of a user in the wrong box.',
    mend: 'Name the role or user in `Principal`, or attach the document to the user instead.',
    source: pages.principal,
    bad: put,
    good: { ...put, Principal: role },
    options: inBucket,
  },
  S3P016: {
    why: '`Principal` names one identity, a whole account or everybody. `user/*` is refused: a star has no meaning inside an ARN there.',
    mend: 'Name everybody and limit it with `ArnLike` on `aws:PrincipalArn`, where patterns work.',
    source: pages.principal,
    bad: { ...put, Principal: { AWS: 'arn:aws:iam::111122223333:user/*' } },
    options: inBucket,
  },
  S3P017: {
    why: 'There are four types of principal, and their names count letter by letter.',
    mend: 'Use `AWS` for accounts, users and roles, `Service` for services of AWS, `Federated` for identity providers, `CanonicalUser` for the old ids of S3.',
    source: pages.principal,
    bad: { ...put, Principal: { Aws: '111122223333' } },
    options: inBucket,
  },
  S3P018: {
    why: 'A principal that does not exist in this form makes S3 refuse the policy with "Invalid principal in policy", without saying which one.',
    mend: 'Write `{"AWS": "arn:aws:iam::ACCOUNT:role/NAME"}`, twelve digits of an account, `{"Service": "NAME.amazonaws.com"}`, or `"*"`. Groups cannot be principals.',
    source: pages.principal,
    bad: { ...put, Principal: 'arn:aws:iam::111122223333:role/uploader' },
    options: inBucket,
  },
} satisfies Record<string, RuleDoc>;
