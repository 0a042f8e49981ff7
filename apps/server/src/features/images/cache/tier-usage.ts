/** What a tier holds now; evictions since the start. */
export interface TierUsage {
  bytes: number;
  entries: number;
  evictions: number;
}
