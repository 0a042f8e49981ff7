import {
  createConnection,
  createSource,
  type Connection,
  type Source,
  type SourceId,
  type TeamId,
} from '@windlass/contract';
import type { Clock } from '../../apps/server/src/kernel/clock.ts';
import type { SavedSource } from '../../apps/server/src/features/sources/service.ts';
import { createTeamScene, type TeamScene } from './team-scene.ts';

/** A team scene with one connection to the bucket `photos`, and sources made on it by an admin. */
export interface SourceScene extends TeamScene {
  connection: Connection;
  /** Settings that the contract takes, on the connection unless they say otherwise; each with a name of its own. */
  settings(changes?: Record<string, unknown>): ReturnType<typeof createSource.body.parse>;
  create(changes?: Record<string, unknown>): Promise<SavedSource>;
  edit(source: Source, given: object): Promise<SavedSource>;
  at(source: Source): { teamId: TeamId; sourceId: SourceId };
}

/** @example const scene = await createSourceScene({ clock: createMovingClock() }); */
export const createSourceScene = async (options: { clock?: Clock } = {}): Promise<SourceScene> => {
  const scene = await createTeamScene(options);
  const { actors, teamId } = scene;
  const connection = await scene.connections.create(
    actors.owner,
    teamId,
    createConnection.body.parse({
      name: 'photos',
      provider: 'other',
      bucket: 'photos',
      endpoint: scene.bucket.url,
      addressing: 'path',
      prefix: 'team/',
      credentials: scene.credentials,
    }),
  );
  let count = 0;
  const settings: SourceScene['settings'] = (changes = {}) =>
    createSource.body.parse({ name: `source-${(count += 1)}`, connectionId: connection.id, ...changes });
  const at: SourceScene['at'] = (source) => ({ teamId, sourceId: source.id });
  return {
    ...scene,
    connection,
    settings,
    create: (changes) => scene.sources.create(actors.admin, teamId, settings(changes)),
    edit: (source, given) => scene.sources.edit(actors.admin, at(source), given, () => {}),
    at,
  };
};

/** The stable code of what a call ends in; `ok` where it succeeds. */
export const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'ok',
    (error: { code: string }) => error.code,
  );
