import type { PolicyKind, Statement } from '@windlass/policy';
import { formatPolicy } from '@windlass/policy/generate';
import type { TriedRequest } from '../state/studio-state.ts';

/** What a new document begins with: a sound statement of its kind about the bucket of the request, to be changed. */
export const startingPolicy = (kind: PolicyKind, request: TriedRequest): string =>
  formatPolicy({ Version: '2012-10-17', Statement: [startingStatement(kind, request)] });

const startingStatement = (
  kind: PolicyKind,
  { bucket, principal, account, accessPoint }: TriedRequest,
): Statement => {
  const objects = `arn:aws:s3:::${bucket}/*`;
  const work = ['s3:GetObject', 's3:PutObject'];
  const everybody = principal === '' || principal === '*' ? '*' : { AWS: principal };
  switch (kind) {
    case 'identity':
    case 'group':
    case 'boundary':
    case 'session':
      return { Effect: 'Allow', Action: work, Resource: objects };
    case 'bucket':
      return { Effect: 'Allow', Principal: everybody, Action: work, Resource: objects };
    case 'accessPoint':
      return { Effect: 'Allow', Principal: everybody, Action: work, Resource: `${accessPoint}/object/*` };
    // What AWS attaches by itself: everything passes until somebody narrows it.
    case 'scp':
      return { Effect: 'Allow', Action: '*', Resource: '*' };
    case 'rcp':
    case 'vpcEndpoint':
      return { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };
    case 'trust':
      return {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': 'an-id-that-only-this-connection-has' } },
      };
  }
};
