import type { ConnectionId, SourceId, SourceLimits, TeamId } from '@windlass/contract';
import type { Secret } from '../../kernel/secret.ts';

/** What the images listener needs to know of a source. */
export interface ResolvedSource {
  sourceId: SourceId;
  teamId: TeamId;
  connectionId: ConnectionId;
  name: string;
  /** Put before every path, inside the connection's own prefix; empty, or ends in a slash. */
  prefix: string;
  /** Set exactly where the source is secured: an unsigned request is then refused. Both in standard base64. */
  signingKeys: { secureKey: Secret; secureSalt: Secret } | null;
  /** A query string. */
  defaultParameters: string;
  limits: SourceLimits;
  maxAgeSeconds: number;
  /** Changes with every change of the source or of its connection: part of an ETag. */
  version: string;
}

/** Null where no source has this name. Remembered for a few seconds in each process. */
export type ResolveSource = (name: string) => Promise<ResolvedSource | null>;
