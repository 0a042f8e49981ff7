import { CompiledQuery } from 'kysely';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../../kernel/app-error.ts';
import type { CreateRateLimiter, RateLimitState } from '../http/rate-limit.ts';
import type { Database } from './database.ts';

/**
 * Rate limits counted in PostgreSQL, so that every process shares them. A window begins with the first point taken
 * and ends `durationSeconds` later.
 *
 * @example
 * const createRateLimiter = createDatabaseRateLimiter(db);
 * const perAddress = createRateLimiter({ name: 'sign-in-address', points: 30, durationSeconds: 900 });
 */
export const createDatabaseRateLimiter =
  (db: Database): CreateRateLimiter =>
  (rule) => {
    const limiter = new RateLimiterPostgres({
      storeClient: toClient(db),
      storeType: 'client',
      tableName: 'rate_limits',
      // 0001-auth makes the table; the library sweeps rows that ran out, every five minutes.
      tableCreated: true,
      keyPrefix: rule.name,
      points: rule.points,
      duration: rule.durationSeconds,
      blockDuration: rule.blockSeconds ?? 0,
    });
    const toState = (result: RateLimiterRes): RateLimitState => ({
      limit: rule.points,
      remaining: result.remainingPoints,
      resetSeconds: Math.ceil(result.msBeforeNext / 1000),
    });
    return {
      consume: async (key, points = 1) => {
        try {
          return toState(await limiter.consume(key, points));
        } catch (error) {
          // The library rejects with its result when the points are used up, and with an Error when it could not count.
          if (error instanceof RateLimiterRes) throw tooMany(toState(error), rule.durationSeconds, error);
          throw error;
        }
      },
      reset: async (key) => {
        await limiter.delete(key);
      },
    };
  };

const tooMany = (state: RateLimitState, windowSeconds: number, cause: unknown): AppError =>
  new AppError('tooManyRequests', `Too many tries. Wait ${state.resetSeconds} seconds.`, {
    cause,
    headers: {
      'retry-after': String(Math.max(1, state.resetSeconds)),
      'ratelimit-limit': String(state.limit),
      'ratelimit-remaining': '0',
      'ratelimit-reset': String(state.resetSeconds),
      'ratelimit-policy': `${state.limit};w=${windowSeconds}`,
    },
  });

/** The one method that the library calls on a pg client. */
const toClient = (db: Database) => ({
  query: async ({ text, values }: { text: string; values: unknown[] }) => {
    const { rows } = await db.executeQuery(CompiledQuery.raw(text, values));
    return { rows, rowCount: rows.length };
  },
});
