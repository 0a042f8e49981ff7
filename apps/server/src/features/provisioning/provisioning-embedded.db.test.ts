import { GetPublicAccessBlockCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  actionsOf,
  createProvisioningScene,
  outcomesOf,
  type ProvisioningScene,
} from '../../../../../tests/support/provisioning-scene.ts';

let scene: ProvisioningScene;
beforeAll(async () => {
  scene = await createProvisioningScene();
});
afterAll(() => scene?.[Symbol.asyncDispose]());

it('blocks public access on the embedded bucket, and takes the setting away when undone', async () => {
  const connection = await scene.connect({ provider: 'embedded' });
  const shown = await scene.plan(connection);
  expect(actionsOf(shown)).toMatchObject({ bucket: 'create', publicAccess: 'create' });
  expect(Object.values(actionsOf(shown))).not.toContain('cannot');

  const made = await scene.apply(connection, shown.id);
  expect(made.connection.state).toBe('active');
  expect(outcomesOf(made)).toMatchObject({ publicAccess: 'done', credentials: 'done' });
  const { PublicAccessBlockConfiguration } = await scene.s3.send(
    new GetPublicAccessBlockCommand({ Bucket: connection.bucket }),
  );
  expect(PublicAccessBlockConfiguration).toEqual({
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  });
  expect(actionsOf(await scene.plan(connection))).toMatchObject({ publicAccess: 'keep' });

  const dry = await scene.undo(connection);
  expect(actionsOf(dry)).toMatchObject({ publicAccess: 'delete' });
  expect(outcomesOf(await scene.undo(connection, { dryRun: false }))).toMatchObject({
    publicAccess: 'done',
    bucket: 'done',
  });
});

it('says of a setting that a provider lacks that nothing need be done', async () => {
  const { steps } = await scene.plan(await scene.connect());
  const step = steps.find(({ kind }) => kind === 'publicAccess');
  expect(step?.detail).toMatch(/^Nothing need be done: /);
});
