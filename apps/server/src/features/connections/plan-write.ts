import type { Can } from './check-findings.ts';

/** What is known before the probe key would be written. */
export interface WriteFacts {
  put: Can;
  /** By a call that deletes nothing; unknown where the server has no such call. */
  delete: Can;
  /** Whether versions may be deleted for good. */
  deleteVersion: Can;
  /** Whether the bucket keeps versions; null where nothing tells. */
  versioned: boolean | null;
  /** Whether a job needs to delete. */
  needsDelete: boolean;
  /** Whether the credentials showed the rights of the bucket's owner. */
  owner: boolean;
}

/** Why nothing is written; null where the trial may run. */
export type WriteRefusal =
  | 'mayNotWrite'
  | 'mayNotDelete'
  | 'keepsVersions'
  | 'mayKeepVersions'
  | 'deleteNotProven';

/**
 * Whether the probe key may be written, so that nothing stays behind. A bucket that keeps versions keeps a version and
 * a delete marker of everything, unless versions may be deleted. Where no safe call proves that deleting is allowed,
 * only a job that needs it, or an owner's rights, are reason enough to try: else the object would stay.
 */
export const refuseWrite = (facts: WriteFacts): WriteRefusal | null => {
  if (facts.put !== 'yes') return 'mayNotWrite';
  if (facts.delete === 'no') return 'mayNotDelete';
  if (facts.versioned === true) return facts.deleteVersion === 'yes' ? null : 'keepsVersions';
  if (facts.delete === 'yes') return facts.versioned === false ? null : 'mayKeepVersions';
  return facts.needsDelete || facts.owner ? null : 'deleteNotProven';
};
