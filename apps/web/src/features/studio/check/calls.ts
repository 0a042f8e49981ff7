import { operations, type OperationTarget } from '@windlass/policy';

/** What people try first, in the order of a day's work. */
const usual = [
  'PutObject',
  'GetObject',
  'HeadObject',
  'DeleteObject',
  'ListObjectsV2',
  'HeadBucket',
  'CopyObject',
  'CreateMultipartUpload',
  'UploadPart',
  'CompleteMultipartUpload',
  'AbortMultipartUpload',
  'ListParts',
] as const;

const othersOn = (wanted: OperationTarget): string[] =>
  operations
    .filter(({ name, target }) => target === wanted && !usual.some((one) => one === name))
    .map(({ name }) => name);

/** All calls of S3, to choose from. */
export const callGroups: { group: string; items: string[] }[] = [
  { group: 'Usual', items: [...usual] },
  { group: 'More on objects', items: othersOn('object') },
  { group: 'More on buckets', items: othersOn('bucket') },
  { group: 'On the account', items: othersOn('service') },
];
