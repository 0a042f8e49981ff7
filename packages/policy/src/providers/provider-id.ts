/** Providers whose rights differ, as the presets of the connection form name them; `embedded` is the bucket that Windlass brings. */
export const policyProviders = [
  'aws',
  'r2',
  'b2',
  'wasabi',
  'spaces',
  'minio',
  'ceph',
  'embedded',
  'other',
] as const;
export type PolicyProvider = (typeof policyProviders)[number];
