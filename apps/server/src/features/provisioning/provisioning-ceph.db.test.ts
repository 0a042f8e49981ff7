import { createConnection, planProvisioning, undoProvisioning } from '@windlass/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCeph, type Ceph } from '../../../../../tests/support/ceph/start-ceph.ts';
import { actionsOf } from '../../../../../tests/support/provisioning-scene.ts';
import { createTeamScene, type TeamScene } from '../../../../../tests/support/team-scene.ts';
import { lacks } from '../../../../../tests/support/test-skip.ts';
import { systemClock } from '../../kernel/clock.ts';
import { silentLog } from '../../kernel/log.ts';
import { createTeamAccess } from '../teams/index.ts';
import { createProvisioningService, type ProvisioningService } from './service.ts';

// A gateway that enforces real roles and policies, words its answers unlike AWS, and makes no users over IAM.
describe.skipIf(lacks('ceph'))('provisioning on Ceph', () => {
  let ceph: Ceph;
  let scene: TeamScene;
  let provisioning: ProvisioningService;
  let assumedBy: { principal: string; key: { accessKeyId: string; secretAccessKey: string } };
  let at: { teamId: TeamScene['teamId']; connectionId: Awaited<ReturnType<typeof connect>>['id'] };

  const connect = () =>
    scene.connections.create(
      scene.actors.owner,
      scene.teamId,
      createConnection.body.parse({
        name: 'gallery',
        provider: 'ceph',
        bucket: 'made-here',
        endpoint: ceph.endpoint,
        addressing: 'path',
        prefix: 'team/',
        jobs: ['gallery'],
      }),
    );
  const admin = () => ({
    accessKeyId: ceph.root.accessKeyId,
    secretAccessKey: ceph.root.secretAccessKey,
  });
  const plan = (choices: object) =>
    provisioning.plan(scene.actors.owner, at, planProvisioning.body.parse({ admin: admin(), ...choices }));
  const undo = (dryRun: boolean) =>
    provisioning.undo(scene.actors.owner, at, undoProvisioning.body.parse({ admin: admin(), dryRun }));

  beforeAll(async () => {
    ceph = await startCeph();
    const own = await ceph.createUser('own');
    assumedBy = {
      principal: `arn:aws:iam:::user/${own.userId}`,
      key: { accessKeyId: own.accessKeyId, secretAccessKey: own.secretAccessKey },
    };
    scene = await createTeamScene();
    provisioning = createProvisioningService({
      db: scene.db,
      access: createTeamAccess({ db: scene.db }),
      guard: scene.guard,
      connections: scene.connections,
      clock: systemClock,
      log: silentLog,
    });
    at = { teamId: scene.teamId, connectionId: (await connect()).id };
  });
  afterAll(async () => {
    provisioning?.[Symbol.dispose]();
    await scene?.[Symbol.asyncDispose]();
    await ceph?.[Symbol.asyncDispose]();
  });

  it('says that it makes no users, and what is done by hand', async () => {
    const shown = await plan({ identity: 'user' });
    expect(actionsOf(shown)).toMatchObject({ user: 'cannot', policy: 'cannot', accessKey: 'cannot' });
    expect(shown.steps.find(({ kind }) => kind === 'user')?.detail).toContain('radosgw-admin');
  });

  it('makes no role that trusts this server, since no external ID keeps others from using it', async () => {
    const shown = await plan({ identity: 'role' });
    expect(actionsOf(shown)).toMatchObject({ role: 'cannot', policy: 'cannot', credentials: 'cannot' });
    expect(shown.steps.find(({ kind }) => kind === 'role')?.detail).toContain('external ID');
  });

  it('makes bucket, rules, role and policy, and proves them; a second time it keeps them all', async () => {
    const shown = await plan({ identity: 'role', assumedBy });
    expect(actionsOf(shown)).toEqual({
      bucket: 'create',
      publicAccess: 'create',
      cors: 'create',
      lifecycle: 'create',
      role: 'create',
      policy: 'create',
      credentials: 'create',
    });
    const made = await provisioning.apply(scene.actors.owner, { ...at, provisioningId: shown.id });
    expect(new Set(made.steps.map(({ result }) => result.outcome))).toEqual(new Set(['done']));
    expect(made.done).toBe(true);
    const faults = made.connection.lastCheck?.rows.filter(
      ({ state }) => state === 'missing' || state === 'excess' || state === 'failed',
    );
    expect(faults).toEqual([]);
    expect(made.connection).toMatchObject({ state: 'active', credentials: { kind: 'role' } });

    const again = await plan({ identity: 'role', assumedBy });
    expect(new Set(Object.values(actionsOf(again)))).toEqual(new Set(['keep']));
  });

  it('is undone to the last', async () => {
    expect(new Set(Object.values(actionsOf(await undo(true))))).toEqual(new Set(['delete']));
    const { done, steps } = await undo(false);
    expect(steps.filter(({ result }) => result?.outcome !== 'done')).toEqual([]);
    expect(done).toBe(true);
    expect(actionsOf(await plan({ identity: 'role', assumedBy }))).toMatchObject({
      bucket: 'create',
      role: 'create',
    });
  });
});
