import { splitArn } from './arn.ts';

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
