import { AppError } from '../../../kernel/app-error.ts';
import { bucketFailureOf, type IamAdmin, type PolicyHolder } from '../../../platform/s3/index.ts';
import { sameDocument } from '../same-json.ts';
import { cannot, type Finding, type Step, type Workbench } from '../step.ts';

/** What to do in the provider's own console where it has no IAM, or this part of it not. */
const byHand = ({ wanted }: Workbench, kind: PolicyHolder['kind']): string =>
  [`${wanted.providerName} makes no ${kind} by IAM. By hand:`, ...wanted.bySelf].join('\n');

/** For steps that were found to be possible: a look that gave `cannot` is never carried out. */
export const iamOf = ({ iam }: Workbench): IamAdmin => {
  if (iam === null) throw new AppError('conflict', 'This provider answers no IAM calls.');
  return iam;
};

/** Ceph answers the calls for roles, and before its release 19 none for users. */
const orUnsupported = async <T>(found: Promise<T>): Promise<T | 'unsupported'> => {
  try {
    return await found;
  } catch (error) {
    if (bucketFailureOf(error)?.kind !== 'unsupported') throw error;
    return 'unsupported';
  }
};

const foreign = (kind: 'user' | 'role'): string =>
  `A ${kind} of this name is there, and was not made for this connection: it would be used, and get the policy shown.`;

export const userStep = (bench: Workbench): Step => {
  const name = bench.wanted.principalName;
  return {
    kind: 'user',
    title: 'IAM user',
    name,

    look: async (signal) => {
      if (bench.iam === null || bench.wanted.identity === null) return cannot(name, byHand(bench, 'user'));
      const found = { name, document: null };
      const user = await orUnsupported(bench.iam.findUser(name, signal));
      if (user === 'unsupported') return cannot(name, byHand(bench, 'user'));
      const there = user?.arn ?? null;
      if (user === null)
        return { ...found, there, action: 'create', detail: 'It is made, without any right of its own.' };
      return (await bench.records.find('user', name)) === null
        ? { ...found, there, action: 'update', detail: foreign('user') }
        : { ...found, there, action: 'keep', detail: 'It was made for this connection.' };
    },
    carryOut: async ({ action }, signal) => {
      const made = action === 'create';
      if (made) await iamOf(bench).createUser(name, signal);
      await bench.records.keep('user', name, { made, before: null, after: null });
      return made ? 'Made.' : 'Used as it is.';
    },
  };
};

export const roleStep = (bench: Workbench): Step => {
  const { wanted, connection, records } = bench;
  const name = wanted.principalName;
  return {
    kind: 'role',
    title: 'IAM role',
    name,

    look: async (signal) => {
      if (bench.iam === null || wanted.identity === null) return cannot(name, byHand(bench, 'role'));
      if (bench.assumedBy === null && !wanted.followsExternalId) return cannot(name, unsafeTrust(bench));
      if (wanted.trust === null) return cannot(name, nobodyToTrust);
      const found = { name, document: wanted.trust };
      const role = await bench.iam.findRole(name, signal);
      const there = role?.trustPolicy ?? null;
      if (role === null) return { ...found, there, action: 'create', detail: trustText(bench) };
      const known = (await records.find('role', name)) !== null;
      if (known && sameDocument(role.trustPolicy, wanted.trust))
        return { ...found, there, action: 'keep', detail: 'It was made for this connection.' };
      return {
        ...found,
        there,
        action: 'update',
        detail: known
          ? 'Its trust policy says something else and is replaced.'
          : `${foreign('role')} Its trust policy is replaced.`,
      };
    },
    carryOut: async ({ action, there }, signal) => {
      const trustPolicy = wanted.trust ?? '';
      const made = action === 'create';
      const iam = iamOf(bench);
      if (made) {
        await iam.createRole(
          { name, trustPolicy, description: `Windlass connection ${connection.id}` },
          signal,
        );
      } else await iam.putTrustPolicy(name, trustPolicy, signal);
      await records.keep('role', name, { made, before: there, after: trustPolicy });
      return made ? 'Made.' : 'Its trust policy was replaced.';
    },
  };
};

const trustText = ({ assumedBy }: Workbench): string =>
  assumedBy === null
    ? 'It is made, and trusts this server with the external ID of this connection.'
    : `It is made, and trusts ${assumedBy.principal}.`;

const unsafeTrust = ({ wanted }: Workbench): string =>
  `${wanted.providerName} follows no external ID: a role that trusts this server could be used through it by others. Give a user of your own that assumes the role.`;

const nobodyToTrust =
  'This server has no key of its own that could assume a role here. The operator sets WINDLASS_AWS_ACCESS_KEY_ID and WINDLASS_AWS_SECRET_ACCESS_KEY; or choose a user.';

/** Inline, so that it goes with its user or role and nobody else uses it. */
export const policyStep = (bench: Workbench, kind: PolicyHolder['kind']): Step => {
  const { wanted, records } = bench;
  const name = wanted.principalName;
  const holder = { kind, name };
  return {
    kind: 'policy',
    title: `Policy of the ${kind}`,
    name,

    look: async (signal) => {
      const missing = needsHolder(bench, kind);
      if (missing !== null) return missing;
      const document = wanted.identity ?? '';
      const there = await iamOf(bench).findPolicy(holder, name, signal);
      const found = { name, document, there };
      if (there === null)
        return { ...found, action: 'create', detail: 'It allows what the jobs need, and nothing else.' };
      return sameDocument(there, document)
        ? { ...found, action: 'keep', detail: 'It is there as it should be.' }
        : { ...found, action: 'update', detail: 'It says something else and is replaced.' };
    },
    carryOut: async ({ there }, signal) => {
      const document = wanted.identity ?? '';
      await iamOf(bench).putPolicy(holder, name, document, signal);
      await records.keep('policy', name, {
        made: there === null,
        before: there,
        after: { holder: kind, document },
      });
      return 'Written.';
    },
  };
};

/** Null where user or role are there or will be. */
export const needsHolder = ({ findings, wanted }: Workbench, kind: PolicyHolder['kind']): Finding | null =>
  findings.get(kind)?.action === 'cannot'
    ? cannot(wanted.principalName, `It needs the ${kind} above.`)
    : null;
