import { list, pages, put } from './examples.ts';
import type { RuleDoc } from './rule-doc.ts';

export const actionRuleDocs = {
  S3A001: {
    why: 'HEAD requests have no action of their own. `s3:HeadObject` matches nothing, so the right that it was to give is missing.',
    mend: 'Allow `s3:GetObject`. To answer 404 and not 403 for a missing object, S3 wants `s3:ListBucket` too.',
    source: pages.s3Actions,
    bad: { ...put, Action: 's3:HeadObject' },
  },
  S3A002: {
    why: 'No such action exists. IAM saves the document and the line does nothing.',
    mend: 'Write the name as the service authorization reference spells it; case does not matter.',
    source: pages.s3Reference,
    bad: { ...put, Action: 's3:PutObjekt' },
  },
  S3A003: {
    why: 'Calls of the API and actions have different names for the same thing: `ListObjectsV2` is authorised as `s3:ListBucket`, `CreateMultipartUpload` as `s3:PutObject`. The name of the call matches nothing.',
    mend: 'Write the action. For CopyObject there are two: read on the source, write on the target.',
    source: pages.s3Actions,
    bad: { ...list, Action: 's3:ListObjectsV2' },
  },
  S3A004: {
    why: 'The part before the colon names a service of AWS, and there is none of this name.',
    mend: 'Write `s3:` before actions of S3.',
    source: pages.s3Reference,
    bad: { ...put, Action: 's4:PutObject' },
  },
  S3A005: {
    why: 'Actions are named service first. IAM refuses a name without its service.',
    mend: 'Write `s3:` before it.',
    source: pages.action,
    bad: { ...put, Action: 'PutObject' },
  },
  S3A006: {
    why: 'Nothing follows the colon. IAM refuses the document.',
    mend: 'Name the action, or remove the entry.',
    source: pages.action,
    bad: { ...put, Action: ['s3:PutObject', 's3:'] },
  },
  S3A007: {
    why: '`s3:*` has the bucket policy, ACLs, lifecycle and replication in it. Who holds such a key can open the bucket to the world, or let everything expire.',
    mend: 'Name the actions of the job. For uploads these are three, for a read-only key three more.',
    source: pages.leastPrivilege,
    bad: { ...put, Action: 's3:*', Resource: 'arn:aws:s3:::media/*' },
    good: put,
  },
  S3A008: {
    why: '`*` reaches every service of the account, IAM among them: the holder can make itself an administrator. Allow with `NotAction` does the same but for a few names.',
    mend: 'Name the actions of the job.',
    source: pages.leastPrivilege,
    bad: { ...put, Action: '*' },
    good: put,
  },
  S3A009: {
    why: 'The pattern fits no action of S3, so the line does nothing.',
    mend: 'Name the actions.',
    source: pages.s3Reference,
    bad: { ...put, Action: ['s3:PutObject', 's3:Upload*'] },
  },
} satisfies Record<string, RuleDoc>;
