import {
  connectionEventId,
  type CheckReport,
  type ConnectionEventEntry,
  type finishBrowserProbe,
  type ListQuery,
  type OperationAnswer,
  type OperationInput,
  type startBrowserProbe,
} from '@windlass/contract';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Log } from '../../kernel/log.ts';
import type { Database } from '../../platform/db/index.ts';
import { cursorId, toPage } from '../../platform/db/keyset-page.ts';
import { actorIdOf } from '../../platform/http/actor-id.ts';
import type { Jobs } from '../../platform/jobs/index.ts';
import type { TeamAccess } from '../teams/index.ts';
import { probeUploadQueue, type BrowserProbes } from './browser-probe.ts';
import { listStateChanges } from './check-store.ts';
import type { Checks } from './checks.ts';
import { missingConnection } from './missing-connection.ts';
import { connectionPolicy } from './policy.ts';
import { startScheduledChecks } from './schedule.ts';
import { findConnection } from './store.ts';

type At = OperationInput<typeof startBrowserProbe>['params'];

/** Checks of a connection as people and the clock ask for them. */
export interface ConnectionChecks {
  check(actor: Actor, at: At): Promise<CheckReport>;
  startBrowserProbe(actor: Actor, at: At): Promise<OperationAnswer<typeof startBrowserProbe>>;
  finishBrowserProbe(
    actor: Actor,
    at: At,
    body: OperationInput<typeof finishBrowserProbe>['body'],
  ): Promise<CheckReport>;
  listEvents(
    actor: Actor,
    at: At,
    query: ListQuery,
  ): Promise<{ items: ConnectionEventEntry[]; nextCursor: string | null }>;
  /** In a worker: checks at each connection's interval, and clears up after browsers. */
  startWork(jobs: Jobs): Promise<void>;
}

export const createConnectionChecks = (deps: {
  db: Database;
  access: TeamAccess;
  clock: Clock;
  log: Log;
  checks: Checks;
  browserProbes: BrowserProbes;
}): ConnectionChecks => {
  const { db, access, log, checks, browserProbes } = deps;
  return {
    check: async (actor, { teamId, connectionId }) => {
      await access.require(actor, teamId, connectionPolicy.check);
      const report = await checks.run(teamId, connectionId);
      log.info(
        { actorId: actorIdOf(actor), teamId, connectionId, state: report.state },
        'Connection checked',
      );
      return report;
    },
    startBrowserProbe: async (actor, at) => {
      await access.require(actor, at.teamId, connectionPolicy.check);
      return browserProbes.start({ ...at, actor });
    },
    finishBrowserProbe: async (actor, at, body) => {
      await access.require(actor, at.teamId, connectionPolicy.check);
      return browserProbes.finish({ ...at, actor }, body);
    },
    listEvents: async (actor, at, query) => {
      await access.require(actor, at.teamId, connectionPolicy.read);
      if ((await findConnection(db, at.teamId, at.connectionId)) === null) missingConnection();
      const before = cursorId(query, connectionEventId);
      const rows = await listStateChanges(db, at, { before, limit: query.limit + 1 });
      return toPage(
        rows,
        query.limit,
        ({ id }) => id,
        ({ id, at: when, fromState, toState, trigger, cause }) => ({
          id,
          at: when.toISOString(),
          from: fromState,
          to: toState,
          trigger,
          cause,
        }),
      );
    },
    startWork: async (jobs) => {
      await startScheduledChecks(jobs, deps);
      await jobs.work(probeUploadQueue, (job) => browserProbes.clear(job));
    },
  };
};
