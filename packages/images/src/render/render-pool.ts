import { availableParallelism } from 'node:os';
import { createAdmission, type AdmissionJob, type Refused } from './admission.ts';
import { createCostCorrection, teaches } from './cost-correction.ts';
import { predictCost, type Cost } from './cost.ts';
import type { RenderedPicture } from './job.ts';
import { laneOf, type Lane } from './lane.ts';
import type { ChildOutcome } from './render-child.ts';
import { createRenderChildren } from './render-children.ts';
import { RenderError, type RenderFailure } from './render-error.ts';
import type { RenderPool, RenderRequest } from './render-request.ts';

const MiB = 1024 * 1024;

/** One job that has ended, for metrics. */
export interface RenderObservation {
  lane: Lane;
  /** See `Cost.class`: from closed sets, so it may be a label. */
  class: string;
  /** CPU. */
  predictedMilliseconds: number;
  /** CPU, user and system; null where the job never ran. */
  actualMilliseconds: number | null;
  waitedMilliseconds: number;
  outcome: 'rendered' | RenderFailure;
}

export interface RenderPoolOptions {
  /** Jobs at once. Default: the cores. One more child waits as a spare, and takes cheap jobs while heavy ones hold all. */
  size?: number;
  /** Of them, heavy ones (80 ms or more). Default: all, because the spare takes the cheap ones meanwhile. */
  heavySize?: number;
  /** Jobs that may wait in each lane; one more is refused as `busy`, or pushes out one of who waits for the most. */
  queueLimit?: number;
  /** A job that waits longer is refused as `busy`; one that would is refused at once. */
  patienceMilliseconds?: number;
  /** From the moment a child has the job. */
  deadlineMilliseconds?: number;
  /** Hard, for one child. A job that is predicted to need more is refused as `too-large` before it starts. */
  maxRssBytes?: number;
  /** Heavy jobs at once are predicted to hold no more than this together. */
  heavyBytes?: number;
  /** All children together; beyond it one that holds more than its share is replaced after its job. */
  restingRssBytes?: number;
  /** A child is replaced after so many. */
  jobsPerChild?: number;
  /** Children idle for so long are ended, but for one. */
  idleMilliseconds?: number;
  /** Nice value of the children, 0 to 19. */
  niceness?: number;
  observe?(observation: RenderObservation): void;
}

type Outcome = RenderedPicture & { waitedMilliseconds: number };

interface Job extends AdmissionJob {
  request: RenderRequest;
  cost: Cost;
  /** Once, when it has ended in any way. */
  settle(result: Outcome | RenderError): void;
}

const busy = (retryAfterSeconds: number): RenderError =>
  new RenderError('busy', 'The renderer has too much to do', { retryAfterSeconds });

/**
 * A pool of child processes that alone touch pixels: a decoder that hangs is killed, one that crashes or eats memory
 * takes only its own job along, and memory that fragments goes back with its process. Children start with their first
 * job; admission (`admission.ts`) decides who is next.
 *
 * @example
 * await using pool = createRenderPool();
 * const { bytes } = await pool.render({ job, team: 'team_1', facts: null, urgency: 'now' });
 */
export const createRenderPool = (options: RenderPoolOptions = {}): RenderPool => {
  const size = options.size ?? availableParallelism();
  const queueLimit = options.queueLimit ?? size * 64;
  const patienceMilliseconds = options.patienceMilliseconds ?? 10_000;
  const maxRssBytes = options.maxRssBytes ?? 512 * MiB;

  const children = createRenderChildren({
    most: size + 1,
    maxRssBytes,
    deadlineMilliseconds: options.deadlineMilliseconds ?? 20_000,
    niceness: options.niceness ?? 10,
    restingRssBytes: options.restingRssBytes ?? (size + 1) * 116 * MiB,
    jobsPerChild: options.jobsPerChild ?? 1000,
    idleMilliseconds: options.idleMilliseconds ?? 60_000,
  });
  const admission = createAdmission<Job>({
    slots: size,
    heavySlots: options.heavySize ?? size,
    expressSlots: 1,
    heavyBytes: options.heavyBytes ?? size * 96 * MiB,
    waitingJobs: { cheap: queueLimit, heavy: queueLimit },
    waitingMilliseconds: patienceMilliseconds * size,
    patienceMilliseconds,
    idleJobs: 16,
  });
  const correction = createCostCorrection();
  const running = new Set<Promise<void>>();
  const counts = { rendered: 0, failed: 0, refused: 0 };
  let closing = false;
  let alarm: NodeJS.Timeout | undefined;

  const observe = (job: Job, waited: number, actual: number | null, outcome: RenderObservation['outcome']) =>
    options.observe?.({
      lane: job.lane,
      class: job.cost.class,
      predictedMilliseconds: job.milliseconds,
      actualMilliseconds: actual,
      waitedMilliseconds: waited,
      outcome,
    });

  const refuse = (refused: Refused<Job>[]): void => {
    for (const { job, retryAfterSeconds } of refused) {
      counts.refused += 1;
      observe(job, performance.now() - job.since, null, 'busy');
      job.settle(busy(retryAfterSeconds));
    }
  };

  /** A child may have died since it was last heard of; then the next one gets the job. */
  const runSomewhere = async (job: Job): Promise<ChildOutcome> => {
    let lastWords = '';
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const child = children.take();
      const outcome = await child.run(job.request.job, job.milliseconds);
      children.giveBack(child);
      if (outcome !== null) return outcome;
      ({ lastWords } = child);
    }
    const cause = new Error(lastWords);
    return { result: new RenderError('crashed', 'No renderer can be started', { cause }), usage: null };
  };

  const run = async (job: Job): Promise<void> => {
    const startedAt = performance.now();
    const waitedMilliseconds = startedAt - job.since;
    const { result, usage } = await runSomewhere(job);
    const wall = performance.now() - startedAt;
    const failed = result instanceof RenderError;
    const took = usage?.cpuMilliseconds ?? wall;
    if (!failed || teaches(result.reason, job.cost.milliseconds, took))
      correction.learn(job.cost.class, job.cost.milliseconds, took);
    counts[failed ? 'failed' : 'rendered'] += 1;
    observe(job, waitedMilliseconds, took, failed ? result.reason : 'rendered');
    admission.finish(job, took);
    job.settle(failed ? result : { ...result, waitedMilliseconds });
  };

  const step = (): void => {
    const { starts, refused } = admission.step(performance.now());
    refuse(refused);
    for (const job of starts) {
      const done = run(job).finally(() => {
        running.delete(done);
        step();
      });
      running.add(done);
    }
    const { waiting } = admission.counts();
    clearTimeout(alarm);
    alarm = waiting.cheap + waiting.heavy > 0 ? setTimeout(step, 250) : undefined;
  };

  const jobOf = (request: RenderRequest, settle: Job['settle']): Job => {
    const cost = predictCost(request.job, request.facts);
    const milliseconds = correction.corrected(cost.class, cost.milliseconds);
    return {
      request,
      cost,
      settle,
      team: request.team,
      urgency: request.urgency,
      milliseconds,
      bytes: cost.bytes,
      lane: laneOf({ milliseconds, bytes: cost.bytes }),
      since: performance.now(),
    };
  };

  const wait = (request: RenderRequest, signal: AbortSignal | undefined): Promise<Outcome> =>
    new Promise((resolve, reject) => {
      const drop = (): void => {
        // One that runs already finishes: whoever still holds the promise gets it.
        if (!admission.drop(job)) return;
        observe(job, performance.now() - job.since, null, 'aborted');
        job.settle(new RenderError('aborted', 'Nobody waits for this picture'));
      };
      const job = jobOf(request, (result) => {
        signal?.removeEventListener('abort', drop);
        if (result instanceof RenderError) reject(result);
        else resolve(result);
      });
      if (job.bytes > maxRssBytes) {
        observe(job, 0, null, 'too-large');
        reject(new RenderError('too-large', 'This picture needs more memory than a renderer may have'));
        return;
      }
      signal?.addEventListener('abort', drop, { once: true });
      refuse(admission.offer(job, performance.now()));
      step();
    });

  return {
    render: async (request, signal) => {
      if (closing) throw new RenderError('busy', 'The renderer is closing', { retryAfterSeconds: 2 });
      if (signal?.aborted) throw new RenderError('aborted', 'Nobody waits for this picture');
      return wait(request, signal);
    },
    stats: () => {
      const { running: now, waiting } = admission.counts();
      return {
        ...children.stats(),
        ...counts,
        running: now.cheap + now.heavy,
        waitingCheap: waiting.cheap,
        waitingHeavy: waiting.heavy,
      };
    },
    [Symbol.asyncDispose]: async () => {
      closing = true;
      for (const job of admission.clear()) {
        job.settle(new RenderError('busy', 'The renderer is closing', { retryAfterSeconds: 2 }));
      }
      clearTimeout(alarm);
      await Promise.all(running);
      await children[Symbol.asyncDispose]();
    },
  };
};
