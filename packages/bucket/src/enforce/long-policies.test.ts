import { monitorEventLoopDelay } from 'node:perf_hooks';
import { DeleteObjectsCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Bucket, document, objects, startPolicyScene, statement } from '../testing/policy-scene.ts';
import type { PolicyScene } from '../testing/policy-scene.ts';

let scene: PolicyScene;
beforeAll(async () => {
  scene = await startPolicyScene();
});
afterAll(() => scene[Symbol.asyncDispose]());

test('a thousand keys under the longest policy keep nobody waiting until all are judged', async () => {
  const denies = Array.from({ length: 180 }, (_, index) =>
    statement('Deny', 's3:DeleteObject', `${objects}/*a*a*a*b${index}`, '*'),
  );
  const policy = document(...denies);
  expect(policy.length).toBeGreaterThan(15 * 1024);
  await scene.server.iam.putBucketPolicy(Bucket, policy);
  const keys = Array.from({ length: 1000 }, (_, index) => ({ Key: `${'a'.repeat(1000)}${index}` }));
  const client = scene.s3(scene.worker);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const began = performance.now();
  const { Errors: errors } = await client.send(
    new DeleteObjectsCommand({ Bucket, Delete: { Objects: keys } }),
  );
  const took = performance.now() - began;
  delay.disable();
  expect(errors).toHaveLength(1000);
  // Client and server share this thread; judging is most of the time, and was one stretch before keys were judged in turns.
  expect(delay.max / 1e6).toBeLessThan(took / 2);
});
