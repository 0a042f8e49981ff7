import type { Connection } from '@windlass/contract';
import { AppError } from '../../../kernel/app-error.ts';
import { hintOf, type PolicyHolder, type S3Credentials } from '../../../platform/s3/index.ts';
import { cannot, type Step, type Workbench } from '../step.ts';
import { iamOf, needsHolder } from './identity-steps.ts';

/** IAM: a user has two access keys at most. */
const maxKeys = 2;
const dropMilliseconds = 10_000;

/** The connection uses a key of its user that was made here. */
const usesKey = ({ credentials }: Connection, hint: string): boolean =>
  credentials?.kind === 'accessKey' && credentials.accessKeyIdHint === hint;

/** A second key is made only where the connection does not use the one that was made for it. */
export const accessKeyStep = (bench: Workbench): Step => {
  const { connection, records, wanted, madeKey } = bench;
  const user = wanted.principalName;
  return {
    kind: 'accessKey',
    title: 'Access key of the user',
    name: user,
    look: async (signal) => {
      const missing = needsHolder(bench, 'user');
      if (missing !== null) return missing;
      const keys = await iamOf(bench).listAccessKeys(user, signal);
      const hints = keys.filter(({ active }) => active).map(({ accessKeyId }) => hintOf(accessKeyId));
      const found = { document: null, there: hints };
      for (const hint of hints) {
        if (usesKey(connection, hint) && (await records.find('accessKey', hint)) !== null)
          return { ...found, name: hint, action: 'keep', detail: 'The connection uses it.' };
      }
      if (keys.length >= maxKeys) {
        return cannot(
          user,
          'The user has two keys already, the most that IAM allows. Delete one that is no longer used.',
        );
      }
      return {
        ...found,
        name: user,
        action: 'create',
        detail: 'Its secret goes from the provider into the vault and is shown to nobody.',
      };
    },
    carryOut: async (_, signal) => {
      madeKey.current = await iamOf(bench).createAccessKey(user, signal);
      const hint = hintOf(madeKey.current.accessKeyId);
      await records.keep('accessKey', hint, { made: true, before: null, after: { user } });
      return `Made: ${hint}.`;
    },
  };
};

/** Gives new credentials to the connection; answers once they were checked. */
export type SaveCredentials = (
  given:
    | { kind: 'accessKey'; key: S3Credentials }
    | { kind: 'role'; roleArn: string; base: S3Credentials | null },
  signal: AbortSignal,
) => Promise<Connection>;

export const credentialsStep = (
  bench: Workbench,
  kind: PolicyHolder['kind'],
  save: SaveCredentials,
): Step => {
  const { connection, findings, madeKey, wanted } = bench;
  const name = connection.name;
  return {
    kind: 'credentials',
    title: 'Credentials of the connection',
    name,

    look: async (signal) => {
      const source = findings.get(kind === 'user' ? 'accessKey' : 'role');
      if (source === undefined || source.action === 'cannot')
        return cannot(name, 'Nothing was made to give it: make a key by hand and give that.');
      const there = connection.credentials;
      const found = { name, document: null, there };
      const fits = kind === 'user' ? source.action === 'keep' : await assumesRole(signal);
      if (fits) return { ...found, action: 'keep', detail: 'It has them already.' };
      return there === null
        ? { ...found, action: 'create', detail: 'It has none yet; they are checked and saved.' }
        : {
            ...found,
            action: 'update',
            detail: 'Those that it has are overwritten, once the new ones work.',
          };
    },
    carryOut: async (_, signal) => {
      const saved = await save(await newCredentials(signal), signal).catch(async (error: unknown) => {
        await dropKey();
        throw error;
      });
      return saved.state === 'active'
        ? 'Saved; the check is all well.'
        : `Saved; the check says ${saved.state}.`;
    },
  };

  /** The connection assumes this very role, by the same key. */
  async function assumesRole(signal: AbortSignal): Promise<boolean> {
    const there = connection.credentials;
    if (there?.kind !== 'role') return false;
    const base = bench.assumedBy === null ? null : hintOf(bench.assumedBy.key.accessKeyId);
    const role = await iamOf(bench).findRole(wanted.principalName, signal);
    return there.roleArn === role?.arn && there.accessKeyIdHint === base;
  }

  async function newCredentials(signal: AbortSignal): Promise<Parameters<SaveCredentials>[0]> {
    if (kind === 'user') {
      if (madeKey.current === null)
        throw new AppError('conflict', 'No key was made in this run: plan again.');
      return { kind: 'accessKey', key: madeKey.current };
    }
    const role = await iamOf(bench).findRole(wanted.principalName, signal);
    if (role === null) throw new AppError('conflict', 'The role is gone again: plan again.');
    return { kind: 'role', roleArn: role.arn, base: bench.assumedBy?.key ?? null };
  }

  /** A key that could not be saved is known to nobody: it would only take one of the user's two places. */
  async function dropKey(): Promise<void> {
    const key = madeKey.current;
    if (key === null) return;
    madeKey.current = null;
    const signal = AbortSignal.timeout(dropMilliseconds);
    await iamOf(bench).deleteAccessKey(wanted.principalName, key.accessKeyId, signal);
    await bench.records.forget('accessKey', hintOf(key.accessKeyId));
  }
};
