import type { CheckRowId } from '@windlass/contract';

/** What a row says of itself where the probe has no better words. */
interface RowWords {
  /** After "These credentials can" and "These credentials cannot", without a full stop. */
  deed: string;
  /** What an excess of this right puts at risk. */
  risk: string;
}

/** Plain words for each right that is tried. */
export const rowWords: Partial<Record<CheckRowId, RowWords>> = {
  list: {
    deed: 'list the keys below the prefix',
    risk: 'Whoever gets hold of them learns every name.',
  },
  location: { deed: 'ask where the bucket is', risk: '' },
  get: {
    deed: 'read objects below the prefix',
    risk: 'Whoever gets hold of them can take what others have uploaded.',
  },
  put: {
    deed: 'write objects below the prefix',
    risk: 'Whoever gets hold of them can replace what is there.',
  },
  multipart: {
    deed: 'see the parts of an upload and give it up',
    risk: 'Whoever gets hold of them can break uploads of others off.',
  },
  delete: {
    deed: 'delete objects below the prefix',
    risk: 'Whoever gets hold of them can delete what is there.',
  },
  listOutside: {
    deed: 'list the bucket outside the prefix',
    risk: 'The prefix does not fence them in: they see names that are none of this connection’s.',
  },
  getOutside: {
    deed: 'read outside the prefix',
    risk: 'The prefix does not fence them in: they read what is none of this connection’s.',
  },
  putOutside: {
    deed: 'write outside the prefix',
    risk: 'The prefix does not fence them in: they can replace what is none of this connection’s.',
  },
  listBuckets: {
    deed: 'list all buckets of the account',
    risk: 'Whoever gets hold of them learns where else to look.',
  },
  readPolicy: {
    deed: 'read the bucket policy',
    risk: 'Mostly it comes with an administrator’s rights.',
  },
  readAcl: {
    deed: 'read the bucket’s ACL',
    risk: 'Mostly it comes with an administrator’s rights.',
  },
  readLifecycle: {
    deed: 'read the lifecycle rules',
    risk: 'Mostly it comes with an administrator’s rights.',
  },
};

/** What to do about a right that is too much. */
export const nextForExcess = (id: CheckRowId, action: string | null, prefix: string): string => {
  if (id === 'listOutside') return `Limit s3:ListBucket by the condition StringLike s3:prefix "${prefix}*".`;
  if (id === 'getOutside' || id === 'putOutside')
    return `Let the Resource of ${action ?? 'the statement'} end in /${prefix}* instead of /*.`;
  return `Take ${action ?? 'it'} out of the policy; no job of this connection uses it.`;
};
