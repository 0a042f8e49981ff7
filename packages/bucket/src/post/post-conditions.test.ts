import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Bucket, document, objects, startPolicyScene, statement, to } from '../testing/policy-scene.ts';
import type { PolicyScene } from '../testing/policy-scene.ts';

let scene: PolicyScene;
beforeAll(async () => {
  scene = await startPolicyScene();
});
afterAll(() => scene[Symbol.asyncDispose]());
beforeEach(() => scene.clear());

const acl = 'bucket-owner-full-control';
const post = async (
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<number> => {
  const form = new FormData();
  for (const [name, value] of Object.entries({ key: 'in/form', ...fields })) form.append(name, value);
  form.append('file', new Blob(['x']));
  const sent = await fetch(`${scene.server.url}/${Bucket}`, { method: 'POST', headers, body: form });
  return sent.status;
};
const everybodyMay = (condition: object): Promise<void> => {
  const write = statement('Allow', ['s3:PutObject', 's3:PutObjectAcl'], `${objects}/*`, undefined, condition);
  return scene.server.iam.putBucketPolicy(Bucket, document(to('*', write)));
};

test('a condition on a header is met by the field of the form, and not by a header beside it', async () => {
  await everybodyMay({ StringEquals: { 's3:x-amz-acl': acl } });
  expect(await post({})).toBe(403);
  expect(await post({}, { 'x-amz-acl': acl })).toBe(403);
  expect(await post({ acl })).toBe(204);
});

test('a form without a signature has no kind of one', async () => {
  await everybodyMay({ StringEquals: { 's3:authType': 'POST' } });
  expect(await post({})).toBe(403);
  await everybodyMay({ Null: { 's3:authType': 'true' } });
  expect(await post({})).toBe(204);
});
