import type {
  AutoFormat,
  ConnectionId,
  SourceErrorAnswer,
  SourceId,
  SourceLimits,
  TeamId,
} from '@windlass/contract';
import type { SourceSigningKeys } from './keys/signing-keys.ts';
import type { SourcePurges } from './source-purges.ts';

/** Where the originals of a source are. */
export type OriginPlace =
  | { kind: 'connection'; connectionId: ConnectionId }
  /** Ends in a slash. */
  | { kind: 'web'; baseUrl: string };

/** What the images listener needs to know of a source. */
export interface ResolvedSource {
  sourceId: SourceId;
  teamId: TeamId;
  name: string;
  origin: OriginPlace;
  /** The `id` of what `openOrigin` gives for this source. */
  originId: string;
  /** Put before every path, inside the connection's own prefix or below the base URL; empty, or ends in a slash. */
  prefix: string;
  /**
   * Empty exactly where the source is not secured; else an unsigned request is refused. The second one is the pair before
   * the last rotation, while both are accepted. All in standard base64.
   */
  signingKeys: readonly SourceSigningKeys[];
  /** A query string. */
  defaultParameters: string;
  /** Name to query string. */
  presets: Readonly<Record<string, string>>;
  presetsOnly: boolean;
  /** Pixels, after `dpr`; null: any. */
  allowedSizes: readonly number[] | null;
  autoFormats: readonly AutoFormat[];
  limits: SourceLimits;
  maxAgeSeconds: number;
  revalidateSeconds: number;
  staleSeconds: number;
  /** A path of this source, without a leading slash. */
  fallbackPath: string | null;
  onError: SourceErrorAnswer;
  /** The optional bucket tier of made pictures, under the prefix `.windlass/cache/`. */
  cacheConnectionId: ConnectionId | null;
  /** What was purged in the last 31 days. */
  purges: SourcePurges;
  /**
   * Changes with every change of the source or of its connection, also with one that leaves pictures as they are: for what
   * is kept for seconds. Cache keys are made of `originId`, the key, and the canonical plan.
   */
  version: string;
  /** Milliseconds of the epoch: until when this process goes on with it, whatever others have changed meanwhile. */
  freshUntil: number;
}

/** Null where no source has this name. Remembered for two seconds in each process. */
export type ResolveSource = (name: string) => Promise<ResolvedSource | null>;
