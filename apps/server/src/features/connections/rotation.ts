import type { Connection, ConnectionId, OperationInput, startRotation, TeamId } from '@windlass/contract';
import type { Actor } from '../../kernel/actor.ts';
import { AppError } from '../../kernel/app-error.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Log } from '../../kernel/log.ts';
import type { Vault } from '../../platform/crypto/vault.ts';
import type { Database } from '../../platform/db/index.ts';
import { actorIdOf } from '../../platform/http/actor-id.ts';
import { hintOf, type S3Credentials } from '../../platform/s3/index.ts';
import type { TeamAccess } from '../teams/index.ts';
import type { CheckResult } from './check.ts';
import { placementOf, reportOf, type Checks } from './checks.ts';
import type { CredentialResolver } from './credential-resolver.ts';
import {
  credentialColumns,
  keyOf,
  openCredentials,
  openOtherKey,
  sealOtherKey,
  toKey,
  withKey,
  type OtherKey,
  type StoredCredentials,
} from './credentials.ts';
import { isStillAccepted } from './is-still-accepted.ts';
import { missingConnection } from './missing-connection.ts';
import { connectionPolicy } from './policy.ts';
import { presentConnection } from './presenter.ts';
import { requirePassed } from './require-passed.ts';
import { moveRotation, type RotationMove } from './rotation-moves.ts';
import type { StateRecorder } from './state-recorder.ts';
import { nextState } from './states.ts';
import { findConnection, type ConnectionChange, type ConnectionRow } from './store.ts';

interface At {
  teamId: TeamId;
  connectionId: ConnectionId;
}

/** A change of keys without a moment in which none works: second key, check, switch, and only then the first one goes. */
export interface Rotation {
  startRotation(
    actor: Actor,
    at: At,
    given: OperationInput<typeof startRotation>['body'],
  ): Promise<Connection>;
  promoteRotation(actor: Actor, at: At): Promise<Connection>;
  cancelRotation(actor: Actor, at: At): Promise<Connection>;
  retireRotation(actor: Actor, at: At, options: { force: boolean }): Promise<Connection>;
}

/** Everything that a move needs to know, and how it ends. */
interface Scene {
  row: ConnectionRow;
  stored: StoredCredentials;
  /** The customer's own key in use. */
  key: S3Credentials;
  /** Null before a second one was given. */
  other: OtherKey | null;
  userId: NonNullable<ConnectionChange['credentialsSetBy']> | null;
  now: Date;
}

export const createRotation = (deps: {
  db: Database;
  access: TeamAccess;
  vault: Vault;
  clock: Clock;
  log: Log;
  checks: Checks;
  states: StateRecorder;
  resolver: CredentialResolver;
}): Rotation => {
  const { db, vault, checks, states } = deps;

  const find = async ({ teamId, connectionId }: At): Promise<ConnectionRow> =>
    (await findConnection(db, teamId, connectionId)) ?? missingConnection();

  /** Makes one move: who may, whether there is such a move now, what changes, and that nobody else changed it meanwhile. */
  const move = async (
    actor: Actor,
    at: At,
    name: RotationMove,
    changeOf: (scene: Scene) => Promise<ConnectionChange>,
  ): Promise<Connection> => {
    const { userId } = await deps.access.require(actor, at.teamId, connectionPolicy.rotate);
    const row = await find(at);
    const target = moveRotation(row.rotationPhase ?? 'none', name);
    if (typeof target !== 'string') throw new AppError('conflict', target.refused);
    const stored = row.credentialsSealed === null ? null : openCredentials(vault, row, row.credentialsSealed);
    const key = stored === null ? null : keyOf(stored);
    if (stored === null || key === null) {
      throw new AppError('conflict', 'This connection has no key of its own that could be changed.');
    }
    const other = row.rotationSealed === null ? null : openOtherKey(vault, row, row.rotationSealed);
    const now = deps.clock.now();
    const change = await changeOf({ row, stored, key, other, userId, now });
    const kept = await db
      .transaction()
      .execute((transaction) => states.change(transaction, row, change, now));
    if (!kept) throw new AppError('conflict', 'The connection was changed meanwhile. Try again.');
    deps.log.info({ actorId: actorIdOf(actor), ...at, move: name }, 'Keys rotated');
    return presentConnection(await find(at));
  };

  /** The columns that put another key in the place of the one in use, after it was checked. */
  const use = ({ row, stored, userId }: Scene, { key, setAt }: OtherKey, result: CheckResult, now: Date) => {
    const state = nextState(row.state, 'credentialsSet', result.event);
    return {
      ...credentialColumns(vault, row, replaced(stored, key)),
      ...placementOf(result),
      credentialsSetAt: setAt,
      credentialsSetBy: userId,
      state,
      lastCheck: reportOf(result, state, now),
    };
  };

  return {
    startRotation: (actor, at, given) =>
      move(actor, at, 'start', async ({ row, stored, key, now }) => {
        const second = toKey(given);
        if (second.accessKeyId === key.accessKeyId) {
          throw new AppError(
            'conflict',
            'This is the key that is in use: make a second one at the provider.',
          );
        }
        requirePassed(await checks.tryCredentials(row, replaced(stored, second)), { force: false });
        return {
          ...unchanged(row),
          ...rotationColumns(vault, row, 'candidate', { key: second, setAt: now }, now),
        };
      }),

    promoteRotation: (actor, at) =>
      move(actor, at, 'promote', async (scene) => {
        const { row, stored, key, now } = scene;
        const { key: second } = required(scene.other);
        const result = await checks.tryCredentials(row, replaced(stored, second));
        requirePassed(result, { force: false });
        const first = { key, setAt: row.credentialsSetAt ?? now };
        return {
          ...use(scene, { key: second, setAt: now }, result, now),
          ...rotationColumns(vault, row, 'promoted', first, now),
        };
      }),

    cancelRotation: (actor, at) =>
      move(actor, at, 'cancel', async (scene) => {
        const { row, stored, now } = scene;
        if (row.rotationPhase === 'candidate') return { ...unchanged(row), ...noRotationColumns };
        const first = required(scene.other);
        // Whoever goes back is in need: the check tells how it stands, and keeps nobody from it.
        const result = await checks.tryCredentials(row, replaced(stored, first.key));
        return { ...use(scene, first, result, now), ...noRotationColumns };
      }),

    retireRotation: (actor, at, { force }) =>
      move(actor, at, 'retire', async ({ row, stored, other }) => {
        const first = replaced(stored, required(other).key);
        if (!force) await requireRefused(deps, row, first);
        return { ...unchanged(row), ...noRotationColumns };
      }),
  };
};

/** The columns of no rotation. */
export const noRotationColumns = {
  rotationPhase: null,
  rotationSealed: null,
  rotationHint: null,
  rotationSince: null,
};

const rotationColumns = (
  vault: Vault,
  row: ConnectionRow,
  rotationPhase: 'candidate' | 'promoted',
  other: OtherKey,
  rotationSince: Date,
) => ({
  rotationPhase,
  rotationSealed: sealOtherKey(vault, row, other),
  rotationHint: hintOf(other.key.accessKeyId),
  rotationSince,
});

/** Neither the state nor the last report. */
const unchanged = ({ state, lastCheck }: ConnectionRow) => ({ state, lastCheck });

const requireRefused = async (
  deps: { checks: Checks; resolver: CredentialResolver },
  row: ConnectionRow,
  first: StoredCredentials,
): Promise<void> => {
  switch (await isStillAccepted(deps, row, first)) {
    case 'refused':
      return;
    case 'accepted':
      throw new AppError(
        'conflict',
        'The provider still accepts the first key: deactivate or delete it there, then retire it here.',
      );
    case 'unknown':
      throw new AppError(
        'conflict',
        'Whether the provider still accepts the first key could not be found out. Try again, or retire it by force.',
      );
  }
};

const replaced = (stored: StoredCredentials, key: S3Credentials): StoredCredentials =>
  withKey(stored, key) ?? stored;

/** The table of moves lets nobody get here without a second key. */
const required = (other: OtherKey | null): OtherKey => {
  if (other === null) throw new Error('a rotation without its second key');
  return other;
};
