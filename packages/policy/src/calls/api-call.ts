import type { RequestContext } from '../evaluate/access-request.ts';

/** A call of the S3 API as a client makes it; policies know actions only, and one call may need several. */
export interface ApiCall {
  /** Name in the S3 API reference, e.g. `HeadObject`, `ListObjectsV2`, `CreateMultipartUpload`, `PostObject`. */
  readonly operation: string;
  /** Empty for calls on the service (ListBuckets). */
  readonly bucket: string;
  /** Empty for calls on a bucket. */
  readonly key?: string;
  /** What the call sends that policies can see: `prefix`, `delimiter`, `max-keys`, `versionId`, `x-amz-acl`, `x-amz-tagging`, `if-none-match`, … in lower case. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Source of CopyObject and UploadPartCopy. */
  readonly source?: { readonly bucket: string; readonly key: string };
}

/** One action that a call needs, with the condition keys that this call brings along. */
export interface RequiredAction {
  readonly action: string;
  readonly resource: string;
  readonly context: RequestContext;
  /** Why, where it is not obvious, e.g. `the header x-amz-tagging sets tags`. */
  readonly because?: string;
}
