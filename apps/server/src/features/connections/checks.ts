import type { CheckReport, ConnectionId, TeamId } from '@windlass/contract';
import { AppError } from '../../kernel/app-error.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Vault } from '../../platform/crypto/vault.ts';
import type { Database } from '../../platform/db/index.ts';
import type { EndpointGuard } from '../../platform/net/index.ts';
import { keepBrowserRows } from './browser-rows.ts';
import { keepReport } from './check-store.ts';
import type { CheckCredentials, CheckSubject } from './check-subject.ts';
import { runCheck, type CheckResult } from './check.ts';
import type { Placement } from './correct-region.ts';
import { openCredentials, type StoredCredentials } from './credentials.ts';
import { missingConnection } from './missing-connection.ts';
import { nextCheckAfter } from './next-check.ts';
import type { StateRecorder } from './state-recorder.ts';
import { nextState } from './states.ts';
import { findConnection, type ConnectionRow } from './store.ts';

type Trigger = CheckReport['trigger'];

/** Checks of stored connections. */
export interface Checks {
  /** Checks with the stored credentials and keeps the report. One at a time for a connection: who comes second shares it. */
  run(teamId: TeamId, id: ConnectionId, trigger?: Trigger): Promise<CheckReport>;
  /** Checks with other credentials and keeps nothing. */
  tryCredentials(row: ConnectionRow, credentials: StoredCredentials): Promise<CheckResult>;
}

export interface ChecksDeps {
  db: Database;
  vault: Vault;
  guard: EndpointGuard;
  clock: Clock;
  states: StateRecorder;
  /** Credentials of any kind as the check meets them. */
  credentialsFor(row: ConnectionRow, stored: StoredCredentials): CheckCredentials;
  /** Origin of our own pages. */
  publicUrl(): string;
}

export const createChecks = (deps: ChecksDeps): Checks => {
  const { db, vault, guard, clock, states } = deps;
  /** By team and connection: only whoever may see the connection may share its check. */
  const running = new Map<string, Promise<CheckReport>>();

  const subjectOf = (row: ConnectionRow, stored: StoredCredentials | null): CheckSubject => ({
    provider: row.provider,
    jobs: row.jobs,
    address: row,
    credentials: stored === null ? null : deps.credentialsFor(row, stored),
    origin: new URL(deps.publicUrl()).origin,
  });

  const checkOnce = async (teamId: TeamId, id: ConnectionId, trigger: Trigger): Promise<CheckReport> => {
    const row = (await findConnection(db, teamId, id)) ?? missingConnection();
    const stored = row.credentialsSealed === null ? null : openCredentials(vault, row, row.credentialsSealed);
    const found = await runCheck(guard, subjectOf(row, stored));
    const rows = keepBrowserRows(found.rows, row.lastCheck?.rows ?? []);
    const result = { ...found, rows };
    const now = clock.now();
    const report = reportOf(result, nextState(row.state, result.event), now, trigger);
    const kept = await db.transaction().execute(async (trx) => {
      const same = await keepReport(trx, row, {
        report,
        placement: placementOf(result),
        now,
        nextCheckAt: nextCheckAfter(now, row.checkEveryHours),
      });
      if (same) await states.record(trx, row, { to: report.state, trigger, at: now, rows: report.rows });
      return same;
    });
    if (!kept) {
      throw new AppError('conflict', 'The connection was changed while the check ran. Run it again.');
    }
    return report;
  };

  return {
    run: (teamId, id, trigger = 'person') => {
      const key = `${teamId}/${id}`;
      const known = running.get(key);
      if (known !== undefined) return known;
      const check = checkOnce(teamId, id, trigger).finally(() => running.delete(key));
      running.set(key, check);
      return check;
    },
    tryCredentials: (row, credentials) => runCheck(guard, subjectOf(row, credentials)),
  };
};

export const reportOf = (
  { rows, corrected, fullAccess }: CheckResult,
  state: CheckReport['state'],
  now: Date,
  trigger: Trigger = 'person',
): CheckReport => ({
  checkedAt: now.toISOString(),
  trigger,
  state,
  rows,
  correctedRegion: corrected?.region ?? null,
  fullAccess,
});

/** The region and endpoint to save, where the check found others. */
export const placementOf = ({ corrected }: CheckResult): Placement | null =>
  corrected === null ? null : { region: corrected.region, endpoint: corrected.endpoint };
