import type { PictureOrigin } from './cache-status.ts';
import type { StageTimes } from './stage-clock.ts';

/** What gave the answer; `none`: no picture, e.g. an error, a preflight or a fixed path. */
export type AnsweredFrom =
  | 'hot'
  | 'memory'
  | 'disk'
  | 'bucket'
  | Exclude<PictureOrigin['kind'], 'hit'>
  | 'none';

/** Answered requests that are alike. */
export interface AnsweredRequests {
  method: string;
  status: number;
  from: AnsweredFrom;
  count: number;
  /** From the first byte of a request to the last of its answer; of them all. */
  seconds: number;
  /** Of bodies, of them all. */
  bytes: number;
}

/** Where the listener's numbers go. None of these may throw. */
export interface ImagesObserver {
  answered(requests: AnsweredRequests): void;
  /** Of one request; hot answers have none. */
  stages(times: StageTimes): void;
  /** A request that waited for a picture which was being made for another one. */
  joined(): void;
  purged(): void;
}
