import type {
  applyProvisioning,
  Connection,
  getProvisioned,
  OperationInput,
  OperationResult,
  planProvisioning,
  ProvisioningId,
  ProvisioningPlan,
  undoProvisioning,
} from '@windlass/contract';
import type { Actor } from '../../kernel/actor.ts';
import { AppError } from '../../kernel/app-error.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Log } from '../../kernel/log.ts';
import { newId } from '../../kernel/new-id.ts';
import { Secret } from '../../kernel/secret.ts';
import type { Database } from '../../platform/db/index.ts';
import { actorIdOf } from '../../platform/http/actor-id.ts';
import type { EndpointGuard } from '../../platform/net/index.ts';
import type { S3Credentials } from '../../platform/s3/index.ts';
import type { ConnectionsService } from '../connections/index.ts';
import type { TeamAccess } from '../teams/index.ts';
import { createPlanMemory } from './plan-memory.ts';
import { provisioningPolicy } from './policy.ts';
import { lookAtAll, presentStep, runPlan, type PlannedStep } from './run-plan.ts';
import { createSaveCredentials } from './save-credentials.ts';
import { stepsOf } from './steps/index.ts';
import type { Choices } from './choices.ts';
import type { Assumer } from './step.ts';
import { forgetProvisioned, listProvisioned, type OfConnection } from './store.ts';
import { openTools } from './tools.ts';
import { runUndo } from './undo/run-undo.ts';
import { openWorkbench } from './workbench.ts';

type PlanAt = OfConnection & { provisioningId: ProvisioningId };
type PlanBody = OperationInput<typeof planProvisioning>['body'];
type UndoBody = OperationInput<typeof undoProvisioning>['body'];

const planMilliseconds = 40_000;
const applyMilliseconds = 120_000;

/** Makes what a connection needs in the customer's account, with keys that are kept nowhere. */
export interface ProvisioningService extends Disposable {
  plan(actor: Actor, at: OfConnection, body: PlanBody): Promise<ProvisioningPlan>;
  apply(actor: Actor, at: PlanAt): Promise<OperationResult<typeof applyProvisioning>>;
  discard(actor: Actor, at: PlanAt): Promise<void>;
  list(actor: Actor, at: OfConnection): Promise<OperationResult<typeof getProvisioned>>;
  undo(actor: Actor, at: OfConnection, body: UndoBody): Promise<OperationResult<typeof undoProvisioning>>;
}

/** What stays in memory between a plan and its apply. */
interface HeldPlan {
  admin: S3Credentials;
  assumedBy: Assumer | null;
  choices: Choices;
  steps: readonly PlannedStep[];
  /** Where the steps were looked at: the keys were given for this place and are sent to no other. */
  place: string;
}

export const createProvisioningService = (deps: {
  db: Database;
  access: TeamAccess;
  guard: EndpointGuard;
  connections: Pick<ConnectionsService, 'show' | 'setup' | 'checks' | 'replaceCredentials'>;
  clock: Clock;
  log: Log;
}): ProvisioningService => {
  const { db, access, connections, clock, log } = deps;
  const memory = createPlanMemory<HeldPlan>({ clock });
  const told = (actor: Actor, at: OfConnection, facts: object, message: string): void =>
    log.info({ actorId: actorIdOf(actor), ...at, ...facts }, message);

  return {
    [Symbol.dispose]: () => memory[Symbol.dispose](),

    plan: async (actor, at, { admin: given, assumedBy: assumer, ...choices }) => {
      await access.require(actor, at.teamId, provisioningPolicy.plan);
      const connection = await connections.show(actor, at.teamId, at.connectionId);
      const admin = toCredentials(given);
      const assumedBy =
        assumer === undefined ? null : { principal: assumer.principal, key: toCredentials(assumer.key) };
      const signal = AbortSignal.timeout(planMilliseconds);
      using bench = await openWorkbench(deps, { actor, at, connection, choices, admin, assumedBy });
      const steps = stepsOf(bench, choices, createSaveCredentials(connections, actor, at));
      const planned = await lookAtAll(steps, bench.findings, signal);
      const provisioningId = newId('prv');
      const expiresAt = memory.put(
        { ...at, provisioningId },
        { admin, assumedBy, choices, steps: planned, place: placeOf(connection) },
      );
      told(actor, at, { provisioningId, actions: actionsOf(planned) }, 'Provisioning planned');
      return {
        id: provisioningId,
        expiresAt: expiresAt.toISOString(),
        identity: choices.identity,
        steps: planned.map(presentStep),
      };
    },

    apply: async (actor, { provisioningId, ...at }) => {
      await access.require(actor, at.teamId, provisioningPolicy.apply);
      const held = memory.take({ ...at, provisioningId }) ?? missingPlan();
      const { admin, assumedBy, choices, steps: planned, place } = held;
      const bucket = planned.find(({ kind }) => kind === 'bucket')?.finding;
      if (bucket?.action === 'cannot') {
        throw new AppError('conflict', `Without the bucket nothing can be done. ${bucket.detail}`);
      }
      const connection = await connections.show(actor, at.teamId, at.connectionId);
      if (placeOf(connection) !== place) {
        throw new AppError(
          'conflict',
          'The connection leads to another bucket or endpoint by now: plan again.',
        );
      }
      const signal = AbortSignal.timeout(applyMilliseconds);
      using bench = await openWorkbench(deps, { actor, at, connection, choices, admin, assumedBy });
      const steps = stepsOf(bench, choices, createSaveCredentials(connections, actor, at));
      const results = await runPlan(steps, planned, bench.findings, signal);
      const done = results.every(({ outcome }) => outcome !== 'failed');
      told(
        actor,
        at,
        { provisioningId, done, outcomes: results.map(({ outcome }) => outcome) },
        'Provisioning applied',
      );
      // New credentials were checked as they were saved.
      if (done && results.at(-1)?.outcome === 'kept') await connections.checks.check(actor, at);
      return {
        done,
        steps: planned.map((step, index) => ({
          ...presentStep(step),
          result: results[index] ?? { outcome: 'notReached', detail: '' },
        })),
        connection: await connections.show(actor, at.teamId, at.connectionId),
      };
    },

    discard: async (actor, { provisioningId, ...at }) => {
      await access.require(actor, at.teamId, provisioningPolicy.plan);
      if (memory.take({ ...at, provisioningId }) === null) missingPlan();
    },

    list: async (actor, at) => {
      await access.require(actor, at.teamId, provisioningPolicy.read);
      await connections.show(actor, at.teamId, at.connectionId);
      const rows = await listProvisioned(db, at);
      return {
        items: rows.map((row) => ({
          kind: row.kind,
          name: row.name,
          made: row.made,
          at: row.at.toISOString(),
        })),
      };
    },

    undo: async (actor, at, { admin, dryRun }) => {
      await access.require(actor, at.teamId, provisioningPolicy.undo);
      const connection = await connections.show(actor, at.teamId, at.connectionId);
      using tools = openTools(deps.guard, connection, toCredentials(admin));
      const steps = await runUndo(await listProvisioned(db, at), tools, {
        dryRun,
        bucket: connection.bucket,
        forget: (row) => forgetProvisioned(db, at, row),
        signal: AbortSignal.timeout(planMilliseconds),
      });
      const done = !dryRun && steps.every(({ result }) => result?.outcome !== 'failed');
      if (!dryRun) told(actor, at, { done, undone: steps.map(({ kind }) => kind) }, 'Provisioning undone');
      // So that its state says at once what it can still do.
      const touched = steps.some(({ result }) => result?.outcome === 'done');
      if (touched && connection.credentials !== null) {
        await connections.checks.check(actor, at);
      }
      return { done, steps };
    },
  };
};

const placeOf = ({ provider, endpoint, region, bucket, addressing }: Connection): string =>
  JSON.stringify([provider, endpoint, region, bucket, addressing]);

const missingPlan = (): never => {
  throw new AppError(
    'notFound',
    'This plan is not here: it was applied or discarded, ten minutes have passed, or another process holds it. Plan again.',
  );
};

const actionsOf = (planned: readonly PlannedStep[]): Record<string, string> =>
  Object.fromEntries(planned.map(({ kind, finding }) => [kind, finding.action]));

const toCredentials = (given: UndoBody['admin']): S3Credentials => ({
  accessKeyId: given.accessKeyId,
  secretAccessKey: new Secret(given.secretAccessKey),
  sessionToken: given.sessionToken === undefined ? null : new Secret(given.sessionToken),
});
