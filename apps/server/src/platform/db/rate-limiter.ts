import { createHash } from 'node:crypto';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../../kernel/app-error.ts';
import {
  rateLimitHeaders,
  type CreateRateLimiter,
  type RateLimitRule,
  type RateLimitState,
} from '../http/rate-limit.ts';
import type { Database } from './database.ts';
import { runSql } from './run-sql.ts';

const stateOf = (rule: RateLimitRule, result: RateLimiterRes): RateLimitState => ({
  limit: rule.points,
  remaining: Math.max(0, result.remainingPoints),
  resetSeconds: Math.max(0, Math.ceil(result.msBeforeNext / 1000)),
});

/** Keys are hashed: the column takes 255 characters, and an e-mail address need not lie in a table of counters. */
const stored = (key: string): string => createHash('sha256').update(key).digest('base64url');

/**
 * Rate limiters that count in PostgreSQL, so that several processes share one count. While it is away each process
 * counts by itself: a limit never turns a request into a 5xx.
 *
 * @example
 * const createRateLimiter = createDatabaseRateLimiter(db);
 * const perAddress = createRateLimiter({ name: 'sign-in-address', points: 30, durationSeconds: 900 });
 */
export const createDatabaseRateLimiter =
  (db: Database): CreateRateLimiter =>
  (rule) => {
    const common = {
      keyPrefix: rule.name,
      points: rule.points,
      duration: rule.durationSeconds,
      ...(rule.blockSeconds === undefined ? {} : { blockDuration: rule.blockSeconds }),
    };
    const limiter = new RateLimiterPostgres({
      ...common,
      storeClient: {
        query: ({ text, values }: { text: string; values?: unknown[] }) => runSql(db, text, values),
      },
      storeType: 'client',
      tableName: 'rate_limits',
      tableCreated: true,
      // The housekeeping job does it, once for all processes.
      clearExpiredByTimeout: false,
      insuranceLimiter: new RateLimiterMemory(common),
    });
    return {
      consume: async (key, points = 1) => {
        try {
          return stateOf(rule, await limiter.consume(stored(key), points));
        } catch (refusal) {
          if (!(refusal instanceof RateLimiterRes)) throw refusal;
          const state = { ...stateOf(rule, refusal), remaining: 0 };
          const wait = Math.max(1, state.resetSeconds);
          throw new AppError('tooManyRequests', `Wait ${wait} seconds before you try again.`, {
            headers: { ...rateLimitHeaders(state), 'retry-after': String(wait) },
          });
        }
      },
      reset: async (key) => {
        await limiter.delete(stored(key));
      },
    };
  };
