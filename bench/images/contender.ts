import type { PictureRequest } from './fetch-picture.ts';
import type { Job } from './jobs.ts';
import type { MeasuredServer } from './servers/server-process.ts';

/** Names for the same original: more than requests in flight, so that nobody answers two of them with one render. */
export const copies = 8;

export interface Contender {
  name: string;
  start(photographs: string): Promise<MeasuredServer>;
  /** The `n`th request for a job; null where the server cannot do it. */
  request(job: Job, n: number): PictureRequest | null;
  /** What it makes instead of the format asked for, if it makes another one. */
  makesInstead?(job: Job): 'jpeg' | 'png';
}
