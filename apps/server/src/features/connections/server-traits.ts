import type { ProviderId } from '@windlass/contract';
import { providerProfiles, type ProviderProfile } from '@windlass/policy/generate';

/**
 * How rights can be tried on a kind of server without leaving anything behind.
 *
 * | what is tried | how, with nothing written | where |
 * |---|---|---|
 * | put | a part for an upload that does not exist: 404 may, 403 may not | everywhere |
 * | abort | the same with AbortMultipartUpload | everywhere |
 * | multipart | create, list parts, abort; only once the abort is proven | everywhere |
 * | delete | DELETE with `If-Match: *` of a key that does not exist: 404 or 412 may, 403 may not | `conditionalDelete` |
 * | delete | a version that does not exist: proves too much, never enough | the others |
 * | delete | write the probe key, delete it, where a job needs it or owner's rights were seen | the others |
 * | overwrite | only along with such a write | |
 *
 * DELETE of a missing key is never sent without one of these: a versioned bucket would keep a delete marker.
 */
export interface ServerTraits {
  /** What the provider can express, and its name. */
  profile: ProviderProfile;
  /** Honours `If-Match: *` on DELETE, after it looked at the right. AWS: conditional deletes. Ceph 16 makes a marker all the same. */
  conditionalDelete: boolean;
  /** Has no versions, so that a write and a delete leave nothing. */
  neverVersioned: boolean;
  /** Shows everybody who is known the buckets of their own; it takes no right and can be refused to nobody. */
  listBucketsForAll: boolean;
  /** Answers a wrong key, a wrong secret and a missing right alike. */
  hidesWrongKeys: boolean;
  /** Tells whoever may list that a key is missing, before it looks whether they may read: 404 proves no right to read. */
  missingBeforeRead: boolean;
  /** Takes any region in a signature. */
  anyRegion: boolean;
  /** Its keys that write may delete too, and reach the whole bucket: there is no narrower kind. */
  coarseKeys: boolean;
  /** Takes IAM statements at all. */
  takesStatements: boolean;
}

const careful = {
  conditionalDelete: false,
  neverVersioned: false,
  listBucketsForAll: false,
  hidesWrongKeys: false,
  missingBeforeRead: false,
  anyRegion: false,
  coarseKeys: false,
} as const;

const traits = {
  aws: { ...careful, conditionalDelete: true },
  embedded: { ...careful, conditionalDelete: true, neverVersioned: true },
  r2: { ...careful, coarseKeys: true, neverVersioned: true },
  b2: careful,
  wasabi: careful,
  spaces: { ...careful, coarseKeys: true },
  minio: { ...careful, listBucketsForAll: true },
  ceph: {
    ...careful,
    listBucketsForAll: true,
    hidesWrongKeys: true,
    missingBeforeRead: true,
    anyRegion: true,
  },
  other: careful,
} as const satisfies Record<ProviderId, Omit<ServerTraits, 'profile' | 'takesStatements'>>;

/**
 * What is known of the server behind a connection. Our embedded bucket names itself to connections that were
 * made for no provider in particular.
 *
 * @example traitsOf('ceph', null).conditionalDelete // false
 */
export const traitsOf = (provider: ProviderId, server: string | null): ServerTraits => {
  const kind = provider === 'other' && server === 'Windlass' ? 'embedded' : provider;
  const profile = providerProfiles[kind];
  return { ...traits[kind], profile, takesStatements: profile.policyKinds.length > 0 };
};
