import type { PolicyKind } from '@windlass/policy';

/**
 * What a policy most likely is, by what only such policies have: a principal, and actions of STS. The text may be broken;
 * then it counts as a policy of an identity.
 */
export const guessKind = (text: string): PolicyKind => {
  if (!/"(?:Not)?Principal"\s*:/i.test(text)) return 'identity';
  if (/"sts:(?:AssumeRole|TagSession)/i.test(text)) return 'trust';
  return /:accesspoint\//.test(text) && !/arn:aws[a-z-]*:s3:::/.test(text) ? 'accessPoint' : 'bucket';
};
