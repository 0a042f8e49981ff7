import { test as base } from 'vitest';
import { createTransferScene } from './transfer-scene.ts';

/**
 * A test that is handed the transfer scene which all tests of its file share: it is opened for the first that asks for it
 * and disposed of after the last.
 *
 * @example transferTest('keeps what has come', async ({ scene }) => { await scene.openGrant(); });
 */
// oxlint-disable-next-line no-empty-pattern -- vitest reads what a fixture needs out of this pattern: nothing.
export const transferTest = base.extend('scene', { scope: 'file' }, async ({}, { onCleanup }) => {
  const scene = await createTransferScene();
  onCleanup(() => scene[Symbol.asyncDispose]());
  return scene;
});
