import { startRenderChild, type RenderChild, type RenderChildOptions } from './render-child.ts';

export interface RenderChildrenOptions extends RenderChildOptions {
  /** Children at once, the spare one among them. */
  most: number;
  /** Of all children together. Beyond it a child that holds more than its share is replaced after its job. */
  restingRssBytes: number;
  /** A child is replaced after so many, whatever its size. */
  jobsPerChild: number;
  /** A child that was idle for so long is ended, but for one. */
  idleMilliseconds: number;
}

/** The child processes, and who of them is free. */
export interface RenderChildren extends AsyncDisposable {
  /** A free child, warm where there is one. The caller sees to it that no more than `most` are taken. */
  take(): RenderChild;
  /** Gives a child back, dead or alive. */
  giveBack(child: RenderChild): void;
  stats(): { children: number; lost: number; recycled: number; rssBytes: number };
}

/**
 * Children start with the first job. From then on one more than are taken is kept warm, so that neither a kill nor a
 * burst waits for a process to start.
 */
export const createRenderChildren = (options: RenderChildrenOptions): RenderChildren => {
  const taken = new Set<RenderChild>();
  /** With the time since when each is idle, the longest first. */
  const idle = new Map<RenderChild, number>();
  const ending = new Set<Promise<void>>();
  const counts = { lost: 0, recycled: 0 };
  let closing = false;
  let trimming: NodeJS.Timeout | undefined;

  const end = (child: RenderChild): void => {
    const ended = child.kill().finally(() => ending.delete(ended));
    ending.add(ended);
  };

  const forgetDead = (): void => {
    for (const child of idle.keys()) {
      if (child.alive) continue;
      idle.delete(child);
      counts.lost += 1;
    }
  };

  const trim = (): void => {
    forgetDead();
    const before = performance.now() - options.idleMilliseconds;
    for (const [child, since] of idle) {
      if (idle.size <= 1 || since > before) break;
      idle.delete(child);
      end(child);
    }
    if (idle.size + taken.size <= 1) stopTrimming();
  };
  const stopTrimming = (): void => {
    clearInterval(trimming);
    trimming = undefined;
  };
  const keepTrimming = (): void => {
    trimming ??= setInterval(trim, options.idleMilliseconds / 4).unref();
  };

  const start = (): RenderChild => {
    keepTrimming();
    return startRenderChild(options);
  };

  const keepSpare = (): void => {
    if (closing || idle.size > 0 || taken.size >= options.most) return;
    idle.set(start(), performance.now());
  };

  const living = (): RenderChild[] => [...taken, ...idle.keys()].filter(({ alive }) => alive);
  const rssBytes = (): number => living().reduce((sum, child) => sum + child.rssBytes, 0);

  const worn = (child: RenderChild): boolean =>
    child.jobsDone >= options.jobsPerChild ||
    // Alone it may hold the model of faces for the next such job; together they may not.
    (child.rssBytes > options.restingRssBytes / options.most && rssBytes() > options.restingRssBytes);

  return {
    take: () => {
      forgetDead();
      const free = [...idle.keys()];
      // The one that worked last: its memory is warm, and the others grow old enough to be ended.
      const child = free.findLast(({ ready }) => ready) ?? free.at(-1) ?? start();
      idle.delete(child);
      taken.add(child);
      // The first of all has the cores to itself until it has answered.
      if (child.ready) keepSpare();
      return child;
    },
    giveBack: (child) => {
      const keeps = child.alive && !closing && !worn(child);
      if (!taken.delete(child)) return;
      if (keeps) idle.set(child, performance.now());
      else {
        counts[child.alive ? 'recycled' : 'lost'] += 1;
        end(child);
      }
      keepSpare();
    },
    stats: () => ({ children: living().length, ...counts, rssBytes: rssBytes() }),
    [Symbol.asyncDispose]: async () => {
      closing = true;
      stopTrimming();
      for (const child of [...taken, ...idle.keys()]) end(child);
      idle.clear();
      await Promise.all(ending);
    },
  };
};
