import type { Connection } from '@windlass/contract';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Database } from '../../platform/db/index.ts';
import type { EndpointGuard } from '../../platform/net/index.ts';
import type { S3Credentials } from '../../platform/s3/index.ts';
import type { ConnectionsService } from '../connections/index.ts';
import type { Choices } from './choices.ts';
import type { Assumer, Workbench } from './step.ts';
import { findProvisioned, forgetProvisioned, recordProvisioned, type OfConnection } from './store.ts';
import { openTools } from './tools.ts';
import { wantedFor } from './wanted.ts';

interface WorkbenchDeps {
  db: Database;
  guard: EndpointGuard;
  connections: Pick<ConnectionsService, 'setup'>;
  clock: Clock;
}

/** Everything that the steps of one run share, made anew for a plan and for its apply. */
export const openWorkbench = async (
  { db, guard, connections, clock }: WorkbenchDeps,
  run: {
    actor: Actor;
    at: OfConnection;
    connection: Connection;
    choices: Choices;
    admin: S3Credentials;
    assumedBy: Assumer | null;
  },
): Promise<Workbench & Disposable> => {
  const { actor, at, connection, choices, assumedBy } = run;
  const setup = await connections.setup(actor, at.teamId, at.connectionId);
  const wanted = wantedFor(connection, choices, {
    origins: setup.origins,
    trusted: choices.identity === 'role' ? (assumedBy?.principal ?? setup.platformPrincipal) : null,
  });
  return {
    ...openTools(guard, connection, run.admin),
    at,
    actor,
    connection,
    wanted,
    assumedBy,
    findings: new Map(),
    madeKey: { current: null },
    records: {
      find: (kind, name) => findProvisioned(db, at, kind, name),
      keep: (kind, name, facts) => recordProvisioned(db, at, { kind, name, ...facts, at: clock.now() }),
      forget: (kind, name) => forgetProvisioned(db, at, { kind, name }),
    },
  };
};
