import type { SourceId, TeamId, UsageCounts } from '@windlass/contract';

/**
 * Counts what a source was asked for and what that took, in memory: it never waits and never fails. What is not named
 * counts nothing, so that work in the background can be told apart from a request.
 *
 * @example recordUsage(source, { requests: 1, diskHits: 1, bytesOut: picture.bytes.byteLength });
 */
export type RecordUsage = (
  source: { sourceId: SourceId; teamId: TeamId },
  counts: Partial<UsageCounts>,
) => void;
