import { splitArn } from '../match/arn.ts';
import { isStar } from '../match/arn-pattern.ts';
import { hasWildcard } from '../match/glob.ts';

/** What an S3 resource pattern names. `any` may be bucket and object: the pattern has a wildcard before any slash. */
export type ResourceShape = 'bucket' | 'object' | 'any' | 'accesspoint' | 'accesspointobject' | 'other';

export interface ResourceArn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** Bucket part of a bucket or object ARN, with its wildcards. */
  readonly bucket: string;
  /** Key part of an object ARN; null where the ARN has no slash. */
  readonly key: string | null;
  readonly rest: string;
  readonly shape: ResourceShape;
}

const otherResources = /^(?:access-grants|job|storage-lens|storage-lens-group|async-request)(?:[/:]|$)/;
const accessPointForm = /^accesspoint[/:]/;

/**
 * Reads a resource pattern of S3; null for what is no ARN. `*` alone is not an ARN either.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-arn-format.html
 */
export const readResourceArn = (text: string): ResourceArn | null => {
  const fields = splitArn(text);
  if (fields === null || fields[0] !== 'arn') return null;
  const [, partition = '', service = '', region = '', account = '', rest = ''] = fields;
  const slash = rest.indexOf('/');
  const bucket = slash === -1 ? rest : rest.slice(0, slash);
  const key = slash === -1 ? null : rest.slice(slash + 1);
  return { partition, service, region, account, bucket, key, rest, shape: shapeOf(service, rest, account) };
};

const shapeOf = (service: string, rest: string, account: string): ResourceShape => {
  if (service === 's3-object-lambda' || (accessPointForm.test(rest) && account !== ''))
    return rest.split('/').length > 2 ? 'accesspointobject' : 'accesspoint';
  if (service !== 's3' || (otherResources.test(rest) && account !== '')) return 'other';
  const slash = rest.indexOf('/');
  const bucket = slash === -1 ? rest : rest.slice(0, slash);
  // A star reaches over slashes, so `logs-*` names objects of those buckets as well as the buckets.
  if (bucket.includes('*')) return slash === -1 ? 'any' : 'object';
  return slash === -1 ? 'bucket' : 'object';
};

/** True when an action on this resource type can apply to something that the pattern names. */
export const shapeTakes = (shape: ResourceShape, type: string): boolean => {
  switch (shape) {
    case 'any':
      return true;
    case 'other':
      return !['bucket', 'object', 'accesspoint', 'accesspointobject'].includes(type);
    case 'accesspoint':
      return ['accesspoint', 'objectlambdaaccesspoint', 'multiregionaccesspoint', 'bucket'].includes(type);
    case 'accesspointobject':
      return ['accesspointobject', 'object', 'objectlambdaaccesspoint'].includes(type);
    case 'bucket':
    case 'object':
      return shape === type;
  }
};

export const isEverything = isStar;

/**
 * Why S3 would refuse a bucket of this name; null for a name that it takes. One letter is the documentation's stand-in
 * for a name and passes. Names with wildcards are judged by their letters only.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export const bucketNameFault = (name: string): string | null => {
  if (name === '') return 'the name of the bucket is missing';
  for (const character of name) {
    if (character >= 'A' && character <= 'Z') return 'it has capital letters';
    if (!/[a-z0-9.*?-]/.test(character)) return `it has the character ${JSON.stringify(character)}`;
  }
  if (hasWildcard(name) || /^[a-z0-9]$/.test(name)) return null;
  if (name.length < 3) return 'it is shorter than 3 characters';
  if (name.length > 63) return 'it is longer than 63 characters';
  if (!/^[a-z0-9]/.test(name) || !/[a-z0-9]$/.test(name))
    return 'it must begin and end with a letter or digit';
  if (name.includes('..')) return 'it has two dots in a row';
  if (/^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(name)) return 'it has the form of an IP address';
  const prefix = ['xn--', 'sthree-'].find((reserved) => name.startsWith(reserved));
  if (prefix !== undefined) return `${prefix} is reserved`;
  const suffix = ['-s3alias', '--ol-s3', '.mrap', '--x-s3', '--table-s3'].find((reserved) =>
    name.endsWith(reserved),
  );
  return suffix === undefined ? null : `${suffix} is reserved`;
};
