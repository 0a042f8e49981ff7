import { availableParallelism } from 'node:os';
import type { Plan } from '../plan/plan.ts';
import type { RenderedPicture, RenderJob, RenderLimits } from './job.ts';
import { startRenderChild, type RenderChild } from './render-child.ts';
import { RenderError } from './render-error.ts';
import { sniff } from './sniff.ts';

export interface RenderPoolOptions {
  /** Child processes, one job each. Default: the cores. */
  size?: number;
  /** Jobs that may wait; one more is refused as `busy`. */
  queueLimit?: number;
  /** From the start of a job; a job that waited as long without starting is refused as `busy`. */
  deadlineMilliseconds?: number;
  /** A child above this after a job is replaced. */
  maxRssBytes?: number;
  /** A child is replaced after so many, whatever its size. */
  jobsPerChild?: number;
}

export interface RenderPoolStats {
  children: number;
  running: number;
  waiting: number;
  rendered: number;
  failed: number;
  /** Children killed at a deadline or found dead. */
  lost: number;
  /** Children replaced for age or size. */
  recycled: number;
  rssBytes: number;
}

export interface RenderPool extends AsyncDisposable {
  /**
   * Renders in a child process. When `signal` aborts, a job that waits is dropped; one that runs finishes.
   *
   * @throws RenderError with one of `renderFailures`.
   */
  render(
    original: Uint8Array,
    plan: Plan,
    limits: RenderLimits,
    signal?: AbortSignal,
  ): Promise<RenderedPicture>;
  stats(): RenderPoolStats;
}

interface Waiting {
  since: number;
  /** Called once, when a slot is given or the job is refused. */
  start(slot: Slot): void;
  refuse(error: RenderError): void;
}

interface Slot {
  child: RenderChild | undefined;
  busy: boolean;
}

const refuseEarly = (original: Uint8Array, limits: RenderLimits): void => {
  if (original.byteLength > limits.maxInputBytes) {
    throw new RenderError('too-large', `The original has more than ${limits.maxInputBytes} bytes`);
  }
  if (sniff(original) === undefined) {
    throw new RenderError('not-an-image', 'This is not an image that can be read');
  }
};

/**
 * A pool of child processes that alone touch pixels: a decoder that hangs is killed, one that crashes takes only its
 * own job along, and memory that fragments goes back with its process. Children start with their first job.
 */
export const createRenderPool = (options: RenderPoolOptions = {}): RenderPool => {
  const size = options.size ?? availableParallelism();
  const queueLimit = options.queueLimit ?? size * 16;
  const deadline = options.deadlineMilliseconds ?? 20_000;
  const maxRssBytes = options.maxRssBytes ?? 512 * 1024 * 1024;
  const jobsPerChild = options.jobsPerChild ?? 500;

  const slots: Slot[] = Array.from({ length: size }, () => ({ child: undefined, busy: false }));
  const queue = new Set<Waiting>();
  const running = new Set<Promise<unknown>>();
  const counts = { rendered: 0, failed: 0, lost: 0, recycled: 0 };
  let closing = false;

  const next = (slot: Slot): void => {
    slot.busy = false;
    for (const waiting of queue) {
      queue.delete(waiting);
      if (performance.now() - waiting.since <= deadline) {
        slot.busy = true;
        waiting.start(slot);
        return;
      }
      waiting.refuse(new RenderError('busy', 'The renderer has too much to do'));
    }
  };

  const retire = async (slot: Slot): Promise<void> => {
    const { child } = slot;
    if (child === undefined) return;
    const worn = child.jobsDone >= jobsPerChild || child.rssBytes > maxRssBytes;
    if (child.alive && !worn) return;
    slot.child = undefined;
    counts[child.alive ? 'recycled' : 'lost'] += 1;
    await child.kill();
  };

  const release = async (slot: Slot): Promise<void> => {
    await retire(slot);
    next(slot);
  };

  const run = async (slot: Slot, job: RenderJob): Promise<RenderedPicture> => {
    // A child may have died while it was idle: that is not this job's fault.
    await retire(slot);
    slot.child ??= startRenderChild();
    try {
      const picture = await slot.child.run(job, deadline);
      counts.rendered += 1;
      return picture;
    } catch (error) {
      counts.failed += 1;
      throw error;
    } finally {
      void release(slot);
    }
  };

  const slotFor = async (signal: AbortSignal | undefined): Promise<Slot> => {
    const free = slots.find((slot) => !slot.busy && slot.child?.alive) ?? slots.find((slot) => !slot.busy);
    if (free !== undefined) {
      free.busy = true;
      return free;
    }
    if (queue.size >= queueLimit) throw new RenderError('busy', 'The renderer has too much to do');
    return new Promise<Slot>((resolve, reject) => {
      const drop = (): void => {
        queue.delete(waiting);
        reject(new RenderError('aborted', 'Nobody waits for this picture'));
      };
      const waiting: Waiting = {
        since: performance.now(),
        start: (slot) => {
          signal?.removeEventListener('abort', drop);
          resolve(slot);
        },
        refuse: (error) => {
          signal?.removeEventListener('abort', drop);
          reject(error);
        },
      };
      queue.add(waiting);
      signal?.addEventListener('abort', drop, { once: true });
    });
  };

  return {
    render: async (original, plan, limits, signal) => {
      if (closing) throw new RenderError('busy', 'The renderer is closing');
      if (signal?.aborted) throw new RenderError('aborted', 'Nobody waits for this picture');
      refuseEarly(original, limits);
      const picture = slotFor(signal).then((slot) => run(slot, { original, plan, limits }));
      running.add(picture);
      try {
        return await picture;
      } finally {
        running.delete(picture);
      }
    },
    stats: () => ({
      children: slots.filter((slot) => slot.child?.alive).length,
      running: slots.filter((slot) => slot.busy).length,
      waiting: queue.size,
      ...counts,
      rssBytes: slots.reduce((sum, slot) => sum + (slot.child?.rssBytes ?? 0), 0),
    }),
    [Symbol.asyncDispose]: async () => {
      closing = true;
      for (const waiting of queue) waiting.refuse(new RenderError('busy', 'The renderer is closing'));
      queue.clear();
      await Promise.allSettled(running);
      await Promise.all(slots.map(async (slot) => slot.child?.kill()));
    },
  };
};
