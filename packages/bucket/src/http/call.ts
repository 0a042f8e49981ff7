import type { Users } from '../auth/users.ts';
import type { VerifiedRequest, Verifier } from '../auth/verify-request.ts';
import type { AuthorizationDecision, Principal } from '../authorize.ts';
import type { HeaderReader } from '../body/body-claims.ts';
import type { RequestBody } from '../body/request-body.ts';
import type { BucketDocuments } from '../operations/bucket-documents.ts';
import type { ObjectStore } from '../store.ts';
import type { QueryParameters } from './query-parameters.ts';
import type { Reply } from './reply.ts';

/** What every operation may use. */
export interface Services {
  store: ObjectStore;
  documents: BucketDocuments;
  users: Pick<Users, 'name'>;
  verifier: Verifier;
  /** Whether a user or role of this account has the ARN. */
  isPrincipal(arn: string): boolean;
  /** Whether a bucket counts as the caller's own: what ListBuckets shows it. */
  isOwn(principal: Principal, bucket: { ownerId: string }): boolean;
  clock: { now(): Date };
  region: string;
}

/** What a right is asked for: an object, a bucket, or (with neither) the service. */
export interface RightsTarget {
  bucket?: string | undefined;
  key?: string | undefined;
  principal?: Principal;
  /** Where a form's fields stand for headers: its reader, for the condition keys that are headers. */
  header?: HeaderReader;
  context?: Record<string, string>;
}

/** One request on its way through: verified, not yet authorised beyond the operation's own action. */
export interface Call {
  services: Services;
  /** Empty for calls on the service. */
  bucket: string;
  /** Empty for calls on a bucket. */
  key: string;
  query: QueryParameters;
  /** A header, or the parameter that a pre-signed URL carries in its place. */
  header: HeaderReader;
  /** Every `x-amz-meta-…` header or parameter with its value. */
  metadataFields(): [name: string, value: string][];
  verified: VerifiedRequest;
  body: RequestBody;
  /** Whether the caller may; without `bucket` about this call's own resource. */
  decide(action: string, target?: RightsTarget): AuthorizationDecision;
  /** As `decide`, but throws AccessDenied. */
  authorize(action: string, target?: RightsTarget): void;
}

export type Handler = (call: Call) => Promise<Reply>;

/** The user or role who signed, for records of ownership; empty when nobody did. */
export function ownerOf(principal: Principal): string {
  switch (principal.kind) {
    case 'user':
      return principal.userId;
    case 'session':
      return principal.roleId;
    case 'anonymous':
      return '';
  }
}
