import { z } from 'zod';
import { AppError } from '../../../kernel/app-error.ts';
import { bucketFailureOf, hintOf, type IamAdmin } from '../../../platform/s3/index.ts';
import { sameDocument } from '../same-json.ts';
import type { ProvisionedRow } from '../store.ts';
import type { Tools } from '../tools.ts';
import { changedSince, gone, keep, remove, restore, type Undo } from './undo-step.ts';

const iamToUndo = ({ iam }: Tools): IamAdmin => {
  if (iam === null) throw new AppError('conflict', 'This provider answers no IAM calls any more.');
  return iam;
};

/** IAM refuses to delete what something hangs on that is not ours to remove. */
const unlessInUse = async (run: () => Promise<unknown>): Promise<{ done: boolean; detail: string }> => {
  try {
    await run();
    return { done: true, detail: 'Deleted.' };
  } catch (error) {
    const failure = bucketFailureOf(error);
    // DeleteConflict; Ceph's has no code that the SDK finds.
    if (failure?.httpStatus !== 409) throw error;
    return {
      done: false,
      detail: 'A key, a policy or a group that Windlass did not make still hangs on it: it stays.',
    };
  }
};

const keyFacts = z.object({ user: z.string() });

export const undoAccessKey = (tools: Tools): Undo => {
  const find = async (user: string, hint: string, signal: AbortSignal): Promise<string | null> => {
    const keys = await iamToUndo(tools).listAccessKeys(user, signal);
    return keys.find(({ accessKeyId }) => hintOf(accessKeyId) === hint)?.accessKeyId ?? null;
  };
  return {
    look: async ({ name, after }, signal) =>
      (await find(keyFacts.parse(after).user, name, signal)) === null
        ? gone
        : remove('It is deleted: a connection that uses it no longer works.'),
    carryOut: async ({ name, after }, _, signal) => {
      const { user } = keyFacts.parse(after);
      const accessKeyId = await find(user, name, signal);
      if (accessKeyId !== null) await iamToUndo(tools).deleteAccessKey(user, accessKeyId, signal);
      return { done: true, detail: 'Deleted.' };
    },
  };
};

const policyFacts = z.object({ holder: z.enum(['user', 'role']), document: z.string() });

export const undoPolicy = (tools: Tools): Undo => ({
  look: async ({ name, before, after }, signal) => {
    const { holder, document } = policyFacts.parse(after);
    const there = await iamToUndo(tools).findPolicy({ kind: holder, name }, name, signal);
    if (there === null) return gone;
    if (!sameDocument(there, document)) return changedSince;
    return typeof before === 'string'
      ? restore('It is put back as it was.', before)
      : remove(`It is taken from the ${holder}.`);
  },
  carryOut: async ({ name, before, after }, _, signal) => {
    const holder = { kind: policyFacts.parse(after).holder, name };
    if (typeof before === 'string') {
      await iamToUndo(tools).putPolicy(holder, name, before, signal);
      return { done: true, detail: 'Put back.' };
    }
    await iamToUndo(tools).deletePolicy(holder, name, signal);
    return { done: true, detail: 'Deleted.' };
  },
});

/** Keys of the user that this very run removes; by their hints, since no more of a key is recorded. */
const recordedKeys = (rows: readonly ProvisionedRow[], user: string): Set<string> =>
  new Set(
    rows
      .filter(({ kind, after }) => kind === 'accessKey' && keyFacts.parse(after).user === user)
      .map(({ name }) => name),
  );

export const undoUser = (tools: Tools, rows: readonly ProvisionedRow[]): Undo => ({
  look: async ({ name, made }, signal) => {
    if (!made) return keep('It was there before.', true);
    const iam = iamToUndo(tools);
    if ((await iam.findUser(name, signal)) === null) return gone;
    const ours = recordedKeys(rows, name);
    const keys = await iam.listAccessKeys(name, signal);
    return keys.every(({ accessKeyId }) => ours.has(hintOf(accessKeyId)))
      ? remove('It is deleted.')
      : keep('A key that Windlass did not make hangs on it: it stays, with that key.');
  },
  carryOut: ({ name }, _, signal) => unlessInUse(() => iamToUndo(tools).deleteUser(name, signal)),
});

export const undoRole = (tools: Tools): Undo => ({
  look: async ({ name, made, before, after }, signal) => {
    const role = await iamToUndo(tools).findRole(name, signal);
    if (role === null) return gone;
    if (made) return remove('It is deleted: a connection that assumes it no longer works.');
    if (typeof after !== 'string' || !sameDocument(role.trustPolicy, after)) return changedSince;
    return typeof before === 'string'
      ? restore('Its trust policy is put back as it was.', before)
      : keep('It was there before.', true);
  },
  carryOut: async ({ name, made, before }, _, signal) => {
    if (made) return unlessInUse(() => iamToUndo(tools).deleteRole(name, signal));
    if (typeof before === 'string') await iamToUndo(tools).putTrustPolicy(name, before, signal);
    return { done: true, detail: 'Put back.' };
  },
});
