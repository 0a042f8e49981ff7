import {
  connectionId,
  teamId as teamIdSchema,
  type CheckReport,
  type ConnectionId,
  type finishBrowserProbe,
  type OperationAnswer,
  type OperationInput,
  type startBrowserProbe,
  type TeamId,
} from '@windlass/contract';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { AppError } from '../../kernel/app-error.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Vault } from '../../platform/crypto/vault.ts';
import type { Database } from '../../platform/db/index.ts';
import type { Jobs, Queue } from '../../platform/jobs/index.ts';
import type { EndpointGuard } from '../../platform/net/index.ts';
import { createBucketProbe, noUploadId, presignProbe, type BucketProbe } from '../../platform/s3/index.ts';
import { readBrowserResults } from './browser-rows.ts';
import { eventOf, judge } from './check-rows.ts';
import { keepReport } from './check-store.ts';
import type { CredentialResolver } from './credential-resolver.ts';
import { openCredentials, type StoredCredentials } from './credentials.ts';
import { missingConnection } from './missing-connection.ts';
import { readsFromBrowsers, uploadsFromBrowsers } from './needs.ts';
import { probeKey } from './probe-keys.ts';
import { openProbeToken, sealProbeToken } from './probe-token.ts';
import { traitsOf } from './server-traits.ts';
import type { StateRecorder } from './state-recorder.ts';
import { nextState } from './states.ts';
import { findConnection, lockConnection, type ConnectionRow } from './store.ts';

/** The page has this long to send and to report. */
const lifetimeSeconds = 120;
/** By then the page has given up, and its requests have run out. */
const clearAfterMilliseconds = 5 * 60_000;
const callTimeoutMilliseconds = 15_000;

/** Gives up an upload that a page was to try, reported or not. */
export const probeUploadQueue = {
  name: 'browser-probe-upload',
  payload: z.object({ teamId: teamIdSchema, connectionId, key: z.string(), uploadId: z.string() }),
  retryLimit: 5,
  retryDelaySeconds: 60,
  expireInSeconds: 60,
} as const satisfies Queue;

type Started = OperationAnswer<typeof startBrowserProbe>;
type Step = Started['requests'][number];
interface At {
  teamId: TeamId;
  connectionId: ConnectionId;
  /** Nobody else can hand the results in. */
  actor: Actor;
}

export interface BrowserProbes {
  start(at: At): Promise<Started>;
  finish(at: At, body: OperationInput<typeof finishBrowserProbe>['body']): Promise<CheckReport>;
  /** Carries out a job of `probeUploadQueue`. */
  clear(job: z.output<(typeof probeUploadQueue)['payload']>): Promise<void>;
}

/**
 * Requests that a page tries from its own origin. The upload is one part of a real upload, whose answer has an ETag, and
 * which is given up afterwards: by the page's report, or by a job that is there before the page knows of it.
 */
export const createBrowserProbes = (deps: {
  db: Database;
  vault: Vault;
  guard: EndpointGuard;
  clock: Clock;
  resolver: Pick<CredentialResolver, 'resolve'>;
  states: StateRecorder;
  jobs: Pick<Jobs, 'enqueue'>;
  publicUrl(): string;
}): BrowserProbes => {
  const { db, vault, guard, clock } = deps;

  const find = async ({ teamId, connectionId: id }: Omit<At, 'actor'>) => {
    const row = (await findConnection(db, teamId, id)) ?? missingConnection();
    if (row.credentialsSealed === null)
      throw new AppError('conflict', 'The connection has no credentials yet: enter them first.');
    return { row, stored: openCredentials(vault, row, row.credentialsSealed) };
  };
  const openProbe = async (
    row: ConnectionRow,
    stored: StoredCredentials,
    purpose: 'read' | 'write',
  ): Promise<BucketProbe> => {
    const signal = AbortSignal.timeout(callTimeoutMilliseconds);
    const credentials = await deps.resolver.resolve(row, stored, purpose, signal);
    return createBucketProbe({ guard, address: row, credentials, clockOffsetMilliseconds: 0, signal });
  };

  /** A real upload where it can surely be given up again; else null. */
  const beginUpload = async (row: ConnectionRow, stored: StoredCredentials): Promise<string | null> => {
    const mayAbort = row.lastCheck?.rows.some(({ id, can }) => id === 'multipart' && can === 'yes') ?? false;
    if (!mayAbort) return null;
    const key = probeKey(row.prefix);
    using probe = await openProbe(row, stored, 'write');
    const made = await probe.createUpload(key);
    if (!made.ok) return null;
    const { uploadId } = made.found;
    try {
      const startAfter = new Date(clock.now().getTime() + clearAfterMilliseconds);
      const job = { teamId: row.teamId, connectionId: row.id, key, uploadId };
      await deps.jobs.enqueue(db, probeUploadQueue, job, { startAfter });
    } catch (error) {
      await probe.abortUpload(key, uploadId);
      throw error;
    }
    return uploadId;
  };

  const presign = async (
    row: ConnectionRow,
    stored: StoredCredentials,
    request: Parameters<typeof presignProbe>[1],
  ) => {
    const purpose = request.step === 'put' ? 'write' : 'read';
    const signal = AbortSignal.timeout(callTimeoutMilliseconds);
    const credentials = await deps.resolver.resolve(row, stored, purpose, signal);
    return presignProbe({ guard, address: row, credentials, expiresInSeconds: lifetimeSeconds }, request);
  };

  return {
    start: async ({ actor, ...at }) => {
      const { row, stored } = await find(at);
      const key = probeKey(row.prefix);
      const requests: Step[] = [];
      const left: Started['left'] = [];
      let uploadId: string | null = null;
      if (uploadsFromBrowsers(row.jobs)) {
        uploadId = await beginUpload(row, stored);
        const signed = await presign(row, stored, { step: 'put', key, uploadId: uploadId ?? noUploadId });
        requests.push({ step: 'put', ...signed, body: 'windlass', expect: [uploadId === null ? 404 : 200] });
      } else left.push({ step: 'put', reason: 'No job of this connection uploads from a page.' });
      if (readsFromBrowsers(row.jobs)) {
        using probe = await openProbe(row, stored, 'read');
        const listed = await probe.list(row.prefix);
        const readable = (listed.ok ? listed.found.firstKey : null) ?? key;
        const signed = await presign(row, stored, { step: 'get', key: readable });
        requests.push({ step: 'get', ...signed, body: null, expect: [200, 206, 404, 416] });
      } else left.push({ step: 'get', reason: 'No job of this connection reads from a page.' });
      const expiresAt = new Date(clock.now().getTime() + lifetimeSeconds * 1000);
      const token = {
        connectionId: row.id,
        revision: row.revision,
        key,
        uploadId,
        expiresAt: expiresAt.getTime(),
      };
      return {
        token: sealProbeToken(vault, { ...at, actor }, token),
        expiresAt: expiresAt.toISOString(),
        requests,
        left,
      };
    },

    finish: async ({ actor, ...at }, { token: sealed, results }) => {
      const now = clock.now();
      // First of all, so that a stranger learns of the connection no more than of one that is not there.
      const { row, stored } = await find(at);
      const token = openProbeToken(vault, { ...at, actor }, sealed, now);
      if (token.uploadId !== null) {
        using probe = await openProbe(row, stored, 'write');
        // Where this fails the job tries again.
        await probe.abortUpload(token.key, token.uploadId);
      }
      return db.transaction().execute(async (trx) => {
        const current = await lockConnection(trx, at.teamId, at.connectionId);
        if (current === null || current.revision !== token.revision || current.lastCheck === null)
          throw new AppError('conflict', 'The connection was changed meanwhile. Check it, and try again.');
        const report = withResults(current, current.lastCheck, results, {
          realUpload: token.uploadId !== null,
          origin: new URL(deps.publicUrl()).origin,
          now,
        });
        await keepReport(trx, current, { report, placement: null, now, nextCheckAt: current.nextCheckAt });
        await deps.states.record(trx, current, {
          to: report.state,
          trigger: 'browser',
          at: now,
          rows: report.rows,
        });
        return report;
      });
    },

    clear: async ({ teamId, connectionId: id, key, uploadId }) => {
      const row = await findConnection(db, teamId, id);
      // Without credentials nothing can be done; the bucket's lifecycle rule ends what was left.
      if (row === null || row.credentialsSealed === null) return;
      using probe = await openProbe(row, openCredentials(vault, row, row.credentialsSealed), 'write');
      const aborted = await probe.abortUpload(key, uploadId);
      if (!aborted.ok && aborted.failure.httpStatus !== 404)
        throw new Error(`The upload of ${key} could not be given up: ${aborted.failure.cause}`);
    },
  };
};

/** The last report with what the page saw, and the state that follows. */
const withResults = (
  row: ConnectionRow,
  last: CheckReport,
  results: Parameters<typeof readBrowserResults>[0],
  { realUpload, origin, now }: { realUpload: boolean; origin: string; now: Date },
): CheckReport => {
  const { jobs } = row;
  const traits = traitsOf(row.provider, null);
  const findings = readBrowserResults(results, { jobs, origin, traits, realUpload });
  const ids = last.rows.flatMap(({ id }) => (findings[id] === undefined ? [] : [id]));
  const seen = judge(findings, { ids, jobs, address: row, traits }).rows;
  const rows = last.rows.map((old) => seen.find(({ id }) => id === old.id) ?? old);
  return {
    ...last,
    checkedAt: now.toISOString(),
    trigger: 'browser',
    rows,
    state: nextState(row.state, eventOf(rows)),
  };
};
