import type { Handler } from '../http/call.ts';

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
  /**
   * Whether a call that needs s3:PutObject brings a whole object (`s3:ObjectCreationOperation`; AWS: Enforce conditional
   * writes on Amazon S3 buckets): parts of an upload do not. Undefined for all other calls.
   */
  createsObject?: boolean;
  /** May name a bucket that does not exist. */
  makesBucket?: boolean;
}
