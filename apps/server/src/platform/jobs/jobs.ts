import type { z } from 'zod';
import type { Database } from '../db/database.ts';

/** A queue as data: its name, what a job carries, how often and how long it is tried. */
export interface Queue<Payload extends z.ZodType = z.ZodType> {
  /** Letters, digits, dashes; never reused for another shape of payload. */
  name: string;
  payload: Payload;
  /** Tries after the first one. */
  retryLimit: number;
  /** Before the first retry; doubles with each. */
  retryDelaySeconds: number;
  /** A job that runs longer is given to another worker. */
  expireInSeconds: number;
}

export type JobHandler<Payload extends z.ZodType> = (
  payload: z.output<Payload>,
  context: { jobId: string; signal: AbortSignal },
) => Promise<void>;

export interface Jobs extends AsyncDisposable {
  /** Adds a job in the transaction `trx`: it exists if and only if that commits. Not carried out before `startAfter`. */
  enqueue<Payload extends z.ZodType>(
    trx: Database,
    queue: Queue<Payload>,
    payload: z.input<Payload>,
    options?: { startAfter?: Date },
  ): Promise<string | null>;
  /** Carries out the jobs of a queue; only in a process with the role `worker`. */
  work<Payload extends z.ZodType>(queue: Queue<Payload>, handler: JobHandler<Payload>): Promise<void>;
  /** Enqueues `payload` at each time of the cron line (UTC), once over all processes. */
  schedule<Payload extends z.ZodType>(
    queue: Queue<Payload>,
    cron: string,
    payload: z.input<Payload>,
  ): Promise<void>;
}
