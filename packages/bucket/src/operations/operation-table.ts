import type { Handler } from '../http/call.ts';
import { createBucket, deleteBucket, getBucketLocation, headBucket, listBuckets } from './buckets.ts';
import { deleteObject } from './delete-object.ts';
import { getObject, headObject } from './get-object.ts';
import { listObjects, listObjectsV2 } from './list-objects.ts';
import { putObject } from './put-object.ts';

export type Scope = 'service' | 'bucket' | 'object';

export interface Operation {
  /** The name in the S3 API reference. */
  name: string;
  scope: Scope;
  method: string;
  /** The query parameter that chooses it; undefined for the plain call. */
  subresource?: string;
  /** A header that chooses it among operations of the same method and sub-resource. */
  withHeader?: string;
  /**
   * The IAM action asked for before anything is read (AWS: Required permissions for Amazon S3 API operations); null when
   * the handler asks, because the question depends on the body.
   */
  action: string | null;
  handle: Handler;
  /** The body must come with Content-MD5 or a checksum. */
  needsDigest?: boolean;
  /** May name a bucket that does not exist. */
  makesBucket?: boolean;
}

/** Every operation that is done; the first row that fits is taken, so narrower rows come first. */
export const operations: readonly Operation[] = [
  {
    name: 'ListBuckets',
    scope: 'service',
    method: 'GET',
    action: 's3:ListAllMyBuckets',
    handle: listBuckets,
  },

  {
    name: 'GetBucketLocation',
    scope: 'bucket',
    method: 'GET',
    subresource: 'location',
    action: 's3:GetBucketLocation',
    handle: getBucketLocation,
  },
  {
    name: 'ListObjectsV2',
    scope: 'bucket',
    method: 'GET',
    subresource: 'list-type',
    action: 's3:ListBucket',
    handle: listObjectsV2,
  },
  { name: 'ListObjects', scope: 'bucket', method: 'GET', action: 's3:ListBucket', handle: listObjects },
  { name: 'HeadBucket', scope: 'bucket', method: 'HEAD', action: 's3:ListBucket', handle: headBucket },
  {
    name: 'CreateBucket',
    scope: 'bucket',
    method: 'PUT',
    action: 's3:CreateBucket',
    handle: createBucket,
    makesBucket: true,
  },
  {
    name: 'DeleteBucket',
    scope: 'bucket',
    method: 'DELETE',
    action: 's3:DeleteBucket',
    handle: deleteBucket,
  },

  { name: 'GetObject', scope: 'object', method: 'GET', action: 's3:GetObject', handle: getObject },
  { name: 'HeadObject', scope: 'object', method: 'HEAD', action: 's3:GetObject', handle: headObject },
  { name: 'PutObject', scope: 'object', method: 'PUT', action: 's3:PutObject', handle: putObject },
  {
    name: 'DeleteObject',
    scope: 'object',
    method: 'DELETE',
    action: 's3:DeleteObject',
    handle: deleteObject,
  },
];
