import type { FastifyInstance } from 'fastify';
import type { Log } from '../../kernel/log.ts';
import { withTimeout } from '../../kernel/timing.ts';

/** One thing that must work before this process may get requests. */
export interface ReadinessCheck {
  name: string;
  /** Said to whoever asks when it fails; the error itself goes to the log only. */
  failure: string;
  /** Rejects when it does not work. */
  run(signal: AbortSignal): Promise<void>;
}

interface HealthOptions {
  checks: readonly ReadinessCheck[];
  /** True once the process has begun to stop: a load balancer should send nobody here any more. */
  isDraining: () => boolean;
  log: Log;
}

const checkMilliseconds = 2_000;

/** `/healthz`: the process is alive. `/readyz`: it can do its work, or 503 with what is missing. */
export const registerHealth = (app: FastifyInstance, { checks, isDraining, log }: HealthOptions): void => {
  app.get('/healthz', async (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ alive: true }),
  );

  app.get('/readyz', async (_request, reply) => {
    const results = await Promise.all(
      checks.map(async ({ name, failure, run }) => {
        try {
          await withTimeout(checkMilliseconds, name, run);
          return [name, 'ok'] as const;
        } catch (error) {
          log.warn({ err: error, check: name }, 'not ready');
          return [name, failure] as const;
        }
      }),
    );
    const draining = isDraining();
    const ready = !draining && results.every(([, result]) => result === 'ok');
    return reply
      .status(ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({
        ready,
        checks: Object.fromEntries([...results, ...(draining ? [['process', 'is stopping']] : [])]),
      });
  });
};
