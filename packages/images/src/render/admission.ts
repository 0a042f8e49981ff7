import { createFairQueue, type Queued } from './fair-queue.ts';
import { lanes, type Lane } from './lane.ts';
import { createTurns } from './turns.ts';

export interface AdmissionJob extends Queued {
  lane: Lane;
  urgency: 'now' | 'idle';
  /** Predicted memory. */
  bytes: number;
}

export interface AdmissionLimits {
  /** Jobs at once. */
  slots: number;
  /** Of them, heavy ones. */
  heavySlots: number;
  /** Beyond `slots`, for cheap jobs alone, while heavy ones hold every slot. */
  expressSlots: number;
  /** Heavy jobs that run at once are predicted to hold no more than this together; a larger one runs alone. */
  heavyBytes: number;
  /** Per lane. */
  waitingJobs: Readonly<Record<Lane, number>>;
  /** Per lane, predicted. */
  waitingMilliseconds: number;
  /** A job that would wait longer is refused at once, one that does wait longer is refused then. */
  patienceMilliseconds: number;
  /** Jobs that nobody waits for and that are kept until there is time. */
  idleJobs: number;
}

export interface Refused<Job> {
  job: Job;
  /** Whole seconds until it is worth trying again. */
  retryAfterSeconds: number;
}

export interface AdmissionStep<Job> {
  starts: Job[];
  refused: Refused<Job>[];
}

export interface AdmissionCounts {
  running: Record<Lane, number>;
  waiting: Record<Lane, number>;
  idle: number;
}

/** Decides who renders when. It knows no clock and no process: times come in, decisions go out. */
export interface Admission<Job extends AdmissionJob> {
  /** A job joins the queue; the answer holds those who are refused for it, itself perhaps among them. */
  offer(job: Job, now: number): Refused<Job>[];
  /** What may start now, and who has waited too long. Call after every other call, and while jobs wait. */
  step(now: number): AdmissionStep<Job>;
  /** A job that `step` started has ended. */
  finish(job: Job, tookMilliseconds: number): void;
  /** Nobody waits for this job any more. False: it does not wait (it runs, or is gone). */
  drop(job: Job): boolean;
  /** Everything that waits, for a pool that closes. */
  clear(): Job[];
  counts(): AdmissionCounts;
}

const longestRetrySeconds = 30;
const retryAfter = (milliseconds: number): number =>
  Math.min(longestRetrySeconds, Math.max(1, Math.ceil(milliseconds / 1000)));

/**
 * Two lanes that take turns by the time that their jobs take, and in each lane the teams do. Heavy jobs may hold every
 * slot, because work is never left undone while a core is free; cheap ones then have express slots of their own, in
 * which they share the cores. When a lane is full, the newest job of whoever waits for the most makes room.
 */
export const createAdmission = <Job extends AdmissionJob>(limits: AdmissionLimits): Admission<Job> => {
  const queues = { cheap: createFairQueue<Job>(), heavy: createFairQueue<Job>() };
  const turns = createTurns<Lane>();
  const idle = new Set<Job>();
  /** With the time at which each started. */
  const running = new Map<Job, number>();

  const count = (holds: (job: Job) => boolean): number => [...running.keys()].filter(holds).length;
  const holdsCore = (job: Job): boolean => job.lane === 'heavy' || job.urgency === 'idle';
  const heavy = (job: Job): boolean => job.lane === 'heavy';

  const mayStart = (job: Job): boolean => {
    if (running.size < limits.slots) {
      if (job.lane === 'cheap') return true;
      const held = [...running.keys()].filter(heavy);
      const bytes = held.reduce((sum, { bytes: each }) => sum + each, job.bytes);
      return held.length === 0 || (held.length < limits.heavySlots && bytes <= limits.heavyBytes);
    }
    return (
      job.lane === 'cheap' &&
      running.size < limits.slots + limits.expressSlots &&
      count(holdsCore) >= limits.slots
    );
  };

  const startable = (): Lane[] =>
    lanes.filter((lane) => {
      const job = queues[lane].peek();
      return job !== undefined && mayStart(job);
    });

  const remaining = (now: number, counts: (job: Job) => boolean): number => {
    let sum = 0;
    for (const [job, startedAt] of running) {
      if (counts(job)) sum += Math.max(0, job.milliseconds - (now - startedAt));
    }
    return sum;
  };

  const predictedWait = (job: Job, now: number): number => {
    if (queues[job.lane].size === 0 && mayStart(job)) return 0;
    const ahead = queues[job.lane].ahead(job.team, job.milliseconds);
    if (job.lane === 'cheap' && limits.expressSlots > 0) {
      // Whatever heavy jobs do, one express slot at least is for the cheap ones.
      const slots = Math.max(limits.expressSlots, limits.slots - count(holdsCore));
      return (ahead + remaining(now, (other) => !holdsCore(other))) / slots;
    }
    const other = queues[job.lane === 'cheap' ? 'heavy' : 'cheap'].milliseconds;
    return (ahead + Math.min(other, ahead + job.milliseconds) + remaining(now, () => true)) / limits.slots;
  };

  const full = (job: Job): boolean => {
    const queue = queues[job.lane];
    return (
      queue.size >= limits.waitingJobs[job.lane] ||
      (queue.size > 0 && queue.milliseconds + job.milliseconds > limits.waitingMilliseconds)
    );
  };

  const offerIdle = (job: Job): Refused<Job>[] => {
    if (idle.size >= limits.idleJobs) return [{ job, retryAfterSeconds: longestRetrySeconds }];
    idle.add(job);
    return [];
  };

  const start = (job: Job, now: number): Job => {
    running.set(job, now);
    return job;
  };

  const startWaiting = (now: number): Job[] => {
    const starts: Job[] = [];
    for (;;) {
      const lane = turns.next(startable());
      const job = lane === undefined ? undefined : queues[lane].peek();
      if (lane === undefined || job === undefined) return starts;
      queues[lane].take(job);
      turns.charge(lane, job.milliseconds);
      starts.push(start(job, now));
    }
  };

  const startIdle = (now: number): Job[] => {
    const nobodyWaits = lanes.every((lane) => queues[lane].size === 0);
    const [job] = idle;
    const free = running.size < limits.slots && count(({ urgency }) => urgency === 'idle') === 0;
    if (!nobodyWaits || job === undefined || !free) return [];
    idle.delete(job);
    return [start(job, now)];
  };

  const refuseLate = (now: number): Refused<Job>[] =>
    lanes.flatMap((lane) => {
      const queue = queues[lane];
      const late = [...queue].filter(({ since }) => now - since > limits.patienceMilliseconds);
      for (const job of late) queue.remove(job);
      return late.map((job) => ({ job, retryAfterSeconds: retryAfter(queue.milliseconds / limits.slots) }));
    });

  const dropIdle = (): Refused<Job>[] => {
    if (lanes.every((lane) => queues[lane].size === 0)) return [];
    const dropped = [...idle];
    idle.clear();
    return dropped.map((job) => ({ job, retryAfterSeconds: longestRetrySeconds }));
  };

  return {
    offer: (job, now) => {
      if (job.urgency === 'idle') return offerIdle(job);
      const queue = queues[job.lane];
      const wait = predictedWait(job, now);
      if (wait > limits.patienceMilliseconds) return [{ job, retryAfterSeconds: retryAfter(wait) }];
      const refused: Refused<Job>[] = [];
      while (full(job)) {
        const excess = queue.excess(queue.waiting(job.team) + job.milliseconds);
        if (excess === undefined) return [...refused, { job, retryAfterSeconds: retryAfter(wait) }];
        queue.remove(excess);
        refused.push({ job: excess, retryAfterSeconds: retryAfter(queue.milliseconds / limits.slots) });
      }
      if (queue.size === 0) turns.enter(job.lane);
      queue.push(job);
      return refused;
    },
    step: (now) => {
      const late = refuseLate(now);
      const starts = startWaiting(now);
      return { starts: [...starts, ...startIdle(now)], refused: [...late, ...dropIdle()] };
    },
    finish: (job, tookMilliseconds) => {
      if (!running.delete(job) || job.urgency === 'idle') return;
      queues[job.lane].charge(job.team, tookMilliseconds - job.milliseconds);
      turns.charge(job.lane, tookMilliseconds - job.milliseconds);
    },
    drop: (job) => queues[job.lane].remove(job) || idle.delete(job),
    clear: () => {
      const jobs = [...queues.cheap, ...queues.heavy, ...idle];
      for (const job of jobs) queues[job.lane].remove(job);
      idle.clear();
      return jobs;
    },
    counts: () => ({
      running: { cheap: count((job) => !heavy(job)), heavy: count(heavy) },
      waiting: { cheap: queues.cheap.size, heavy: queues.heavy.size },
      idle: idle.size,
    }),
  };
};
