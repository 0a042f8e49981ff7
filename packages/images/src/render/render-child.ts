import { spawn } from 'node:child_process';
import { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { childCommand } from './child-command.ts';
import { childEnvironment } from './child-environment.ts';
import { createFrameReader, type Frame } from './frames.ts';
import type { ChildNotice, RenderAnswer, RenderedPicture, RenderJob, RenderUsage } from './job.ts';
import { tellsOutOfMemory } from './out-of-memory.ts';
import { readProcessFacts } from './process-facts.ts';
import { RenderError } from './render-error.ts';
import { stepBack } from './step-back.ts';

export interface RenderChildOptions {
  /** Hard: refused allocations, and death when it is found above. */
  maxRssBytes: number;
  /** From the moment that the child has begun. */
  deadlineMilliseconds: number;
  /** Nice value, 0 to 19. */
  niceness: number;
}

/** How a job ended. An error is an outcome here, because what it cost is worth knowing too. */
export interface ChildOutcome {
  result: RenderedPicture | RenderError;
  /** Null where the child could not tell any more. */
  usage: RenderUsage | null;
}

/** One child process. It takes one job at a time and may be dead after any of them. */
export interface RenderChild {
  readonly pid: number | undefined;
  readonly alive: boolean;
  /** It has loaded, and starts on a job at once. */
  readonly ready: boolean;
  readonly jobsDone: number;
  /** As last seen. */
  readonly rssBytes: number;
  /**
   * Null: it died before it began, which is no fault of the job.
   *
   * @param predictedMilliseconds CPU that the job is thought to take: one that needs more than the deadline is not told to
   *   come back when there is less to do
   */
  run(job: RenderJob, predictedMilliseconds: number): Promise<ChildOutcome | null>;
  /** Returns when the process is gone. */
  kill(): Promise<void>;
  /** What it wrote to stderr last. */
  readonly lastWords: string;
}

const pollMilliseconds = 50;
/** A child that got so little of the CPU that it had no fair chance may use this many deadlines before it must go. */
const starvedFactor = 2;
const startMilliseconds = 30_000;

const isSocket = (stream: Readable | Writable | null | undefined): stream is Socket =>
  stream instanceof Socket;

type Kill = 'deadline' | 'starved' | 'memory' | 'closing';

const killWords = {
  deadline: ['deadline', 'This picture takes longer than is allowed'],
  starved: ['busy', 'The renderer had too little time for this picture'],
  memory: ['too-large', 'This picture needs more memory than a renderer may have'],
  closing: ['busy', 'The renderer is closing'],
} as const satisfies Record<Kill, readonly [RenderError['reason'], string]>;

const errorOfKill = (kill: Kill): RenderError => {
  const [reason, message] = killWords[kill];
  return new RenderError(reason, message, reason === 'busy' ? { retryAfterSeconds: 2 } : {});
};

const errorOfDeath = (lastWords: string): RenderError => {
  if (tellsOutOfMemory(lastWords)) return errorOfKill('memory');
  return new RenderError('crashed', 'The picture could not be decoded: the renderer stopped', {
    cause: new Error(lastWords),
  });
};

/**
 * Starts a child, ready about 120 ms later; a job may be given to it before. Jobs go to its stdin, a line of JSON each;
 * answers come as frames on a pipe of their own. When this process ends, however it ends, the pipe ends, and with it
 * the child.
 */
export const startRenderChild = (options: RenderChildOptions): RenderChild => {
  const { maxRssBytes, deadlineMilliseconds, niceness } = options;
  const { file, args } = childCommand(maxRssBytes);
  const child = spawn(file, args, { env: childEnvironment(), stdio: ['pipe', 'ignore', 'pipe', 'pipe'] });
  const { pid } = child;
  const [input, , errors, answers] = child.stdio;
  const pipes = [input, errors, answers].filter(isSocket);

  let alive = pid !== undefined;
  let ready = false;
  let begunAt: number | undefined;
  let jobsDone = 0;
  let rssBytes = 0;
  let lastWords = '';
  let killedFor: Kill | undefined;
  let answer: ((outcome: ChildOutcome | null) => void) | undefined;

  const keepParentUp = (): void => {
    child.ref();
    for (const pipe of pipes) pipe.ref();
  };
  // A child that does nothing must not keep its parent from ending.
  const letParentEnd = (): void => {
    child.unref();
    for (const pipe of pipes) pipe.unref();
  };

  const end = (): void => {
    alive = false;
    if (killedFor !== undefined) answer?.({ result: errorOfKill(killedFor), usage: null });
    else answer?.(begunAt === undefined ? null : { result: errorOfDeath(lastWords), usage: null });
  };
  // Not `exit`: by then the last words may not have been read.
  const gone =
    pid === undefined
      ? Promise.resolve()
      : new Promise<void>((resolve) => child.once('close', () => resolve(end())));
  child.on('error', (error) => {
    lastWords += error.message;
  });
  // A write to a dying child fails; its death is told by `close`.
  for (const pipe of pipes) pipe.on('error', () => undefined);

  const onFrame = ({ header, body }: Frame): void => {
    // Our own child is the only one on the other end.
    const message = header as ChildNotice | RenderAnswer;
    if ('notice' in message) {
      if (!ready && pid !== undefined) stepBack(pid, niceness);
      ready = true;
      if (message.notice === 'begun') begunAt = performance.now();
      return;
    }
    jobsDone += 1;
    rssBytes = message.rssBytes;
    const { peakRssBytes, cpuMilliseconds } = message;
    answer?.({
      result: message.ok
        ? { ...message.picture, bytes: body }
        : new RenderError(message.reason, message.message),
      usage: { rssBytes, peakRssBytes, cpuMilliseconds },
    });
  };
  const readFrames = createFrameReader(onFrame);
  answers?.on('data', (chunk: Buffer) => {
    try {
      readFrames(chunk);
    } catch (error) {
      // Only a child that a picture has taken over sends what is no frame.
      lastWords += String(error);
      child.kill('SIGKILL');
    }
  });
  errors?.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-4000);
  });

  // Whoever answers from a cache goes first. Its threads inherit this, but for those that it was quick to start.
  if (pid !== undefined) stepBack(pid, niceness);
  letParentEnd();

  const killFor = (reason: Kill): void => {
    killedFor ??= reason;
    child.kill('SIGKILL');
  };

  const look = (askedAt: number, cpuBefore: number, predictedMilliseconds: number): void => {
    const now = performance.now();
    const facts = pid === undefined ? undefined : readProcessFacts(pid);
    rssBytes = facts?.rssBytes ?? rssBytes;
    if (rssBytes > maxRssBytes) return killFor('memory');
    const since = begunAt ?? (ready ? askedAt : undefined);
    if (since === undefined) return now - askedAt > startMilliseconds ? killFor('starved') : undefined;
    const took = now - since;
    if (took < deadlineMilliseconds) return;
    // Where nobody tells the CPU, the clock must do.
    const cpu = facts === undefined ? took : facts.cpuMilliseconds - cpuBefore;
    if (cpu >= deadlineMilliseconds / 2) killFor('deadline');
    else if (took >= deadlineMilliseconds * starvedFactor) {
      killFor(predictedMilliseconds >= deadlineMilliseconds ? 'deadline' : 'starved');
    }
  };

  /** Looks at the child until the returned function is called. */
  const watch = (predictedMilliseconds: number): (() => void) => {
    const askedAt = performance.now();
    const cpuBefore = (pid === undefined ? undefined : readProcessFacts(pid)?.cpuMilliseconds) ?? 0;
    const timer = setInterval(
      look,
      Math.min(pollMilliseconds, deadlineMilliseconds),
      askedAt,
      cpuBefore,
      predictedMilliseconds,
    );
    return () => clearInterval(timer);
  };

  return {
    pid,
    get alive() {
      return alive && killedFor === undefined;
    },
    get ready() {
      return ready;
    },
    get jobsDone() {
      return jobsDone;
    },
    get rssBytes() {
      return rssBytes;
    },
    get lastWords() {
      return lastWords;
    },
    kill: async () => {
      keepParentUp();
      killFor('closing');
      await gone;
    },
    run: async (job, predictedMilliseconds) => {
      if (!alive) return null;
      keepParentUp();
      begunAt = undefined;
      const stopWatching = watch(predictedMilliseconds);
      try {
        return await new Promise<ChildOutcome | null>((resolve) => {
          answer = resolve;
          input?.write(`${JSON.stringify(job)}\n`);
        });
      } finally {
        answer = undefined;
        stopWatching();
        letParentEnd();
      }
    },
  };
};
