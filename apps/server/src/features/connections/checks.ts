import type { CheckReport, ConnectionId, TeamId } from '@windlass/contract';
import { AppError } from '../../kernel/app-error.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Vault } from '../../platform/crypto/vault.ts';
import type { Database } from '../../platform/db/index.ts';
import type { EndpointGuard } from '../../platform/net/index.ts';
import { checkTimeoutMilliseconds, runCheck, type CheckResult } from './check.ts';
import type { CredentialResolver } from './credential-resolver.ts';
import { openCredentials, type StoredCredentials } from './credentials.ts';
import { nextState } from './states.ts';
import { changeConnection, findConnection, storeCheck, type ConnectionRow } from './store.ts';

/** Checks of stored connections. */
export interface Checks {
  /** Checks with the stored credentials and keeps the report. One at a time for a connection: who comes second shares it. */
  run(teamId: TeamId, id: ConnectionId): Promise<CheckReport>;
  /** Checks with other credentials and keeps nothing. */
  tryCredentials(row: ConnectionRow, credentials: StoredCredentials): Promise<CheckResult>;
}

export const createChecks = (deps: {
  db: Database;
  vault: Vault;
  guard: EndpointGuard;
  clock: Clock;
  resolver: CredentialResolver;
}): Checks => {
  const { db, vault, guard, clock, resolver } = deps;
  /** By team and connection: only whoever may see the connection may share its check. */
  const running = new Map<string, Promise<CheckReport>>();

  const subjectOf = async (row: ConnectionRow, stored: StoredCredentials | null) => {
    const signal = AbortSignal.timeout(checkTimeoutMilliseconds);
    const resolved = stored === null ? null : await resolver.tryResolve(row, stored, { signal });
    return {
      provider: row.provider,
      jobs: row.jobs,
      address: row,
      credentials: resolved?.ok === true ? resolved.found : null,
    };
  };

  const checkOnce = async (teamId: TeamId, id: ConnectionId): Promise<CheckReport> => {
    const row = await findConnection(db, teamId, id);
    if (row === null) throw new AppError('notFound', 'There is no such connection in this team.');
    const credentials =
      row.credentialsSealed === null ? null : openCredentials(vault, row, row.credentialsSealed);
    const result = await runCheck(guard, await subjectOf(row, credentials));
    const now = clock.now();
    const report = reportOf(result, nextState(row.state, result.event), now);
    const at = { teamId, id, revision: row.revision, now };
    const kept = await (result.corrected === null
      ? storeCheck(db, at, report)
      : changeConnection(db, at, { ...placementOf(result), state: report.state, lastCheck: report }));
    if (!kept) {
      throw new AppError('conflict', 'The connection was changed while the check ran. Run it again.');
    }
    return report;
  };

  return {
    run: (teamId, id) => {
      const key = `${teamId}/${id}`;
      const known = running.get(key);
      if (known !== undefined) return known;
      const check = checkOnce(teamId, id).finally(() => running.delete(key));
      running.set(key, check);
      return check;
    },
    tryCredentials: async (row, credentials) => runCheck(guard, await subjectOf(row, credentials)),
  };
};

export const reportOf = (
  { rows, corrected }: CheckResult,
  state: CheckReport['state'],
  now: Date,
): CheckReport => ({
  checkedAt: now.toISOString(),
  trigger: 'person',
  fullAccess: false,
  state,
  rows,
  correctedRegion: corrected?.region ?? null,
});

/** The region and endpoint to save, where the check found others. */
export const placementOf = ({ corrected }: CheckResult): { region?: string; endpoint?: string } =>
  corrected === null ? {} : { region: corrected.region, endpoint: corrected.endpoint };
