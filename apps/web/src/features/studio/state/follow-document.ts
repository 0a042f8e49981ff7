import { namedInPolicy } from './named-in-policy.ts';
import type { CheckState, FollowedField, StudioDocument, TriedRequest } from './studio-state.ts';

/**
 * The request after a document was written: bucket, principal and account follow what the document names, as long as the
 * person has not set them. So a policy that is pasted over an example is tried, and judged, as what it is.
 */
export const followDocument = (check: CheckState, written: StudioDocument): CheckState => {
  const { documents, request } = check;
  const isAttached = written.kind === 'bucket';
  // Where a bucket policy is among the documents, it is the one that knows which bucket this is about.
  if (written.kind === 'trust' || (!isAttached && documents.some(({ kind }) => kind === 'bucket')))
    return check;
  const { buckets, principals } = namedInPolicy(written.text);
  const [bucket] = buckets;
  const [principal] = principals;
  const patch: Partial<TriedRequest> = {};
  if (bucket !== undefined && buckets.length === 1 && follows(check, 'bucket')) patch.bucket = bucket;
  if (principal !== undefined && !principals.includes(request.principal) && follows(check, 'principal')) {
    patch.principal = principal;
    const account = /^arn:[\w-]+:\w+::(\d{12}):/.exec(principal)?.[1];
    if (account !== undefined && follows(check, 'account')) patch.account = account;
  }
  return { ...check, request: { ...request, ...patch } };
};

const follows = ({ set }: CheckState, field: FollowedField): boolean => set?.includes(field) !== true;
