import type { Clock } from '../../kernel/clock.ts';
import type { RoleSession } from '../../platform/s3/index.ts';

const maxSessions = 2000;
/** A session this close to its end is replaced, so that no call outlives it. */
const marginMilliseconds = 2 * 60_000;
/** A role that could not be assumed is not tried again sooner, however many requests ask for it. */
const failureMilliseconds = 5000;
/** A refusal on a session younger than this is about rights: a new session would be refused too. */
const freshMilliseconds = 60_000;

interface Entry {
  session: Promise<RoleSession>;
  startedAt: number;
  /** In milliseconds since 1970; while the session is being made, forever. */
  usableUntil: number;
}

/** Sessions of roles in memory. Equal wishes at the same moment are one call. */
export interface SessionCache {
  /** Whoever waits may leave by `signal`; the work goes on for the others, and ends by its own timeout. */
  get(key: string, signal: AbortSignal, make: () => Promise<RoleSession>): Promise<RoleSession>;
  /** Drops a session that was refused. @returns false where it is so new that another would not help. */
  drop(key: string): boolean;
}

export const createSessionCache = ({ clock }: { clock: Clock }): SessionCache => {
  /** In the order of last use. */
  const entries = new Map<string, Entry>();
  const now = (): number => clock.now().getTime();

  /** Whoever asked gets session or error; here both only say until when they stand. */
  const settle = async (entry: Entry): Promise<void> => {
    try {
      entry.usableUntil = (await entry.session).expiresAt.getTime() - marginMilliseconds;
    } catch {
      entry.usableUntil = now() + failureMilliseconds;
    }
  };

  const start = (make: () => Promise<RoleSession>): Entry => {
    const entry: Entry = { session: make(), startedAt: now(), usableUntil: Number.POSITIVE_INFINITY };
    void settle(entry);
    const [oldest] = entries.keys();
    if (entries.size >= maxSessions && oldest !== undefined) entries.delete(oldest);
    return entry;
  };

  return {
    get: async (key, signal, make) => {
      signal.throwIfAborted();
      const known = entries.get(key);
      const entry = known !== undefined && now() < known.usableUntil ? known : start(make);
      entries.delete(key);
      entries.set(key, entry);
      return abandonable(entry.session, signal);
    },
    drop: (key) => {
      const known = entries.get(key);
      if (known !== undefined && now() - known.startedAt < freshMilliseconds) return false;
      entries.delete(key);
      return true;
    },
  };
};

/** The same promise for somebody who may stop waiting. */
const abandonable = async <T>(promise: Promise<T>, signal: AbortSignal): Promise<T> => {
  const left = Promise.withResolvers<never>();
  const leave = (): void => left.reject(signal.reason);
  signal.addEventListener('abort', leave, { once: true });
  try {
    return await Promise.race([promise, left.promise]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
};
