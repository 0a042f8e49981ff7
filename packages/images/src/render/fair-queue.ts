import { createTurns } from './turns.ts';

/** What a queue needs to know of a job. */
export interface Queued {
  team: string;
  /** Predicted. */
  milliseconds: number;
  /** When it began to wait, on the clock of whoever asks. */
  since: number;
}

/** First come, first served inside a team; between teams, whoever had the least time. */
export interface FairQueue<Job extends Queued> {
  readonly size: number;
  /** Predicted, of all that wait. */
  readonly milliseconds: number;
  push(job: Job): void;
  /** The job whose turn it is; it stays until it is taken. */
  peek(): Job | undefined;
  /** Removes a job that starts now, and counts its predicted time against its team. */
  take(job: Job): void;
  /** The difference once it is known what a job took. */
  charge(team: string, milliseconds: number): void;
  /** Removes a job that will not start. False: it was not here. */
  remove(job: Job): boolean;
  /** Predicted milliseconds that would be served before a new job of this team. */
  ahead(team: string, milliseconds: number): number;
  /** The newest job of the team that waits for the most, if that is more than `milliseconds`. */
  excess(milliseconds: number): Job | undefined;
  waiting(team: string): number;
  [Symbol.iterator](): Iterator<Job>;
}

interface TeamQueue<Job> {
  jobs: Set<Job>;
  milliseconds: number;
}

export const createFairQueue = <Job extends Queued>(): FairQueue<Job> => {
  const teams = new Map<string, TeamQueue<Job>>();
  const turns = createTurns<string>();
  let size = 0;
  let milliseconds = 0;

  const remove = (job: Job): boolean => {
    const queue = teams.get(job.team);
    if (queue?.jobs.delete(job) !== true) return false;
    queue.milliseconds -= job.milliseconds;
    size -= 1;
    // Sums of fractions drift; an empty queue is exactly empty.
    milliseconds = size === 0 ? 0 : milliseconds - job.milliseconds;
    if (queue.jobs.size === 0) teams.delete(job.team);
    return true;
  };
  const waiting = (team: string): number => teams.get(team)?.milliseconds ?? 0;

  return {
    get size() {
      return size;
    },
    get milliseconds() {
      return milliseconds;
    },
    push: (job) => {
      let queue = teams.get(job.team);
      if (queue === undefined) {
        queue = { jobs: new Set(), milliseconds: 0 };
        teams.set(job.team, queue);
        turns.enter(job.team);
      }
      queue.jobs.add(job);
      queue.milliseconds += job.milliseconds;
      size += 1;
      milliseconds += job.milliseconds;
    },
    peek: () => {
      const team = turns.next(teams.keys());
      return team === undefined ? undefined : teams.get(team)?.jobs.values().next().value;
    },
    take: (job) => {
      if (!remove(job)) return;
      turns.charge(job.team, job.milliseconds);
      turns.prune((team) => teams.has(team));
    },
    charge: (team, more) => turns.charge(team, more),
    remove,
    ahead: (team, own) => {
      const mine = waiting(team);
      let sum = mine;
      for (const [other, queue] of teams) {
        // Another team is served at most as much as ours until our job's turn comes.
        if (other !== team) sum += Math.min(queue.milliseconds, mine + own);
      }
      return sum;
    },
    excess: (least) => {
      let most: TeamQueue<Job> | undefined;
      for (const queue of teams.values()) {
        if (queue.milliseconds > Math.max(least, most?.milliseconds ?? 0)) most = queue;
      }
      return most === undefined ? undefined : [...most.jobs].at(-1);
    },
    waiting,
    *[Symbol.iterator]() {
      for (const queue of teams.values()) yield* queue.jobs;
    },
  };
};
