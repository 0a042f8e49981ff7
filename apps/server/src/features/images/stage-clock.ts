/** The steps of an answer, in their order. All but `queue`, `prepare` and `pipeline` are this process's own. */
export const stages = [
  /** Finding the source, its signature and the plan. */
  'source',
  /** Asking the caches. */
  'cache',
  /** Asking the origin, or fetching from it. */
  'origin',
  /** Waiting for a child process. */
  'queue',
  /** Header, guards and faces, in the child. */
  'prepare',
  /** Decode, operations and encode, in the child. */
  'pipeline',
] as const;
export type Stage = (typeof stages)[number];

/** Milliseconds by stage; what did not happen is absent. */
export type StageTimes = Partial<Record<Stage, number>>;

export interface StageClock {
  /** Adds the time that `work` takes, also when it fails. */
  time<T>(stage: Stage, work: () => Promise<T>): Promise<T>;
  add(stage: Stage, milliseconds: number): void;
  addAll(times: StageTimes): void;
  readonly times: StageTimes;
}

export const createStageClock = (): StageClock => {
  const times: StageTimes = {};
  const add = (stage: Stage, milliseconds: number): void => {
    times[stage] = (times[stage] ?? 0) + milliseconds;
  };
  return {
    times,
    add,
    addAll: (more) => {
      for (const stage of stages) if (more[stage] !== undefined) add(stage, more[stage]);
    },
    time: async (stage, work) => {
      const started = performance.now();
      try {
        return await work();
      } finally {
        add(stage, performance.now() - started);
      }
    },
  };
};

/**
 * The header of W3C Server Timing.
 *
 * @example serverTiming({ origin: 12.34, queue: 0 }) // 'origin;dur=12.3, queue;dur=0.0'
 */
export const serverTiming = (times: StageTimes): string =>
  stages
    .flatMap((stage) => {
      const milliseconds = times[stage];
      return milliseconds === undefined ? [] : [`${stage};dur=${milliseconds.toFixed(1)}`];
    })
    .join(', ');
