import { fromKysely, PgBoss, type ConstructorOptions, type Job, type JobResult } from 'pg-boss';
import type { z } from 'zod';
import type { Log } from '../../kernel/log.ts';
import type { Database, DatabaseConnection } from '../db/index.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { Jobs, Queue } from './jobs.ts';

interface JobsOptions {
  connection: DatabaseConnection;
  /** True in a process that carries jobs out; others only enqueue. */
  worker: boolean;
  /** Every queue of the program: they are made before anything is enqueued. */
  queues: readonly Queue[];
  log: Log;
  metrics?: Metrics;
  /** How long running jobs may take to end when the process stops. */
  drainSeconds?: number;
}

/**
 * NOTIFY wakes a worker for a new job; one that is due for a retry is found by polling. Jobs are taken a few at a time,
 * since only a full batch makes pg-boss look for the next one at once.
 */
const workOptions = {
  pollingIntervalSeconds: 2,
  notifyPollingIntervalSeconds: 5,
  batchSize: 4,
  burstWhenBatchFull: true,
  perJobResults: true,
  includeMetadata: false,
} as const;

const connectionOptions = (connection: DatabaseConnection): ConstructorOptions =>
  typeof connection === 'string' ? { connectionString: connection } : connection;

/**
 * Jobs in PostgreSQL, in a schema of their own. A job is enqueued in the transaction of the row it concerns; workers
 * are told by NOTIFY and poll as a fallback. A job whose worker dies is given to another one after its expiry.
 */
export const createJobs = async (options: JobsOptions): Promise<Jobs> => {
  const { log, metrics, worker } = options;
  const boss = new PgBoss({
    ...connectionOptions(options.connection),
    application_name: 'windlass-jobs',
    schema: 'jobs',
    max: worker ? 4 : 2,
    // Maintenance and cron belong to workers; pg-boss lets one of them do each at a time.
    supervise: worker,
    schedule: worker,
    useListenNotify: worker,
  });
  boss.on('error', (error) => log.error({ err: error }, 'the job queue met an error'));
  await boss.start();

  const stop = async (): Promise<void> => {
    await boss.stop({ graceful: true, timeout: (options.drainSeconds ?? 10) * 1000 });
  };
  try {
    for (const { name, retryLimit, retryDelaySeconds, expireInSeconds } of options.queues) {
      const settings = {
        retryLimit,
        retryDelay: retryDelaySeconds,
        retryBackoff: true,
        expireInSeconds,
        notify: true,
      };
      await boss.createQueue(name, settings);
      // The queue may be there from an older release, with other numbers.
      await boss.updateQueue(name, settings);
    }
  } catch (error) {
    await stop();
    throw error;
  }

  return {
    enqueue: async <Payload extends z.ZodType>(
      trx: Database,
      queue: Queue<Payload>,
      payload: z.input<Payload>,
      when: { startAfter?: Date } = {},
    ) => boss.send(queue.name, toData(queue, payload), { ...when, db: fromKysely(trx.withoutPlugins()) }),

    work: async (queue, handler) => {
      if (!worker)
        throw new Error(`This process does not have the role worker: it cannot work on ${queue.name}.`);
      const carryOut = async (job: Job): Promise<JobResult> => {
        const facts = { queue: queue.name, jobId: job.id };
        const began = performance.now();
        try {
          await handler(queue.payload.parse(job.data), { jobId: job.id, signal: job.signal });
        } catch (error) {
          metrics?.countJob({ queue: queue.name, outcome: 'failed' });
          // pg-boss decides on a retry; it does not log.
          log.warn({ ...facts, err: error, retry: job.retryCount }, 'a job failed');
          return { id: job.id, status: 'failed', output: { message: String(error) } };
        }
        metrics?.countJob({ queue: queue.name, outcome: 'done' });
        log.info({ ...facts, milliseconds: Math.round(performance.now() - began) }, 'job done');
        return { id: job.id, status: 'completed' };
      };
      await boss.work<object>(queue.name, workOptions, (jobs) => Promise.all(jobs.map(carryOut)));
    },

    schedule: async (queue, cron, payload) => {
      await boss.schedule(queue.name, cron, toData(queue, payload), { tz: 'UTC' });
    },

    [Symbol.asyncDispose]: stop,
  };
};

/** Checked when it goes in, so that the mistake shows where it was made. */
const toData = <Payload extends z.ZodType>(queue: Queue<Payload>, payload: z.input<Payload>): object => {
  const data = queue.payload.parse(payload);
  if (typeof data !== 'object' || data === null)
    throw new TypeError(`A job of ${queue.name} carries an object.`);
  return data;
};
