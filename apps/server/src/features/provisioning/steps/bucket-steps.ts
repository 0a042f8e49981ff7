import { bucketFailureOf, type PublicAccess } from '../../../platform/s3/index.ts';
import { cannot, json, type Step, type Workbench } from '../step.ts';

const closed =
  'A bucket of this name is there, and these keys may not use it: it belongs to another account, or they lack s3:ListBucket.';

export const bucketStep = (bench: Workbench, { create }: { create: boolean }): Step => {
  const name = bench.connection.bucket;
  return {
    kind: 'bucket',
    title: 'Bucket',
    name,

    look: async (signal) => {
      const there = await stateOf(bench, signal);
      const found = { name, document: null, there };
      if (there === 'closed') return cannot(name, closed);
      if (there === 'there') return { ...found, action: 'keep', detail: 'It is there.' };
      if (!create) return cannot(name, 'There is no such bucket, and none is to be made.');
      const detail = `It is not there; it is made in ${bench.connection.region}.`;
      return { ...found, action: 'create', detail };
    },
    carryOut: async (_, signal) => {
      await bench.bucket.create(signal);
      await bench.records.keep('bucket', name, { made: true, before: null, after: null });
      return 'Made.';
    },
  };
};

/** HEAD on somebody else's bucket answers 403: that it is there is all that can be known. */
const stateOf = async (
  { bucket }: Workbench,
  signal: AbortSignal,
): Promise<'there' | 'absent' | 'closed'> => {
  try {
    return (await bucket.exists(signal)) ? 'there' : 'absent';
  } catch (error) {
    if (bucketFailureOf(error)?.httpStatus === 403) return 'closed';
    throw error;
  }
};

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html */
export const publicAccessStep = (bench: Workbench): Step => {
  const { bucket, connection, wanted, records } = bench;
  const name = connection.bucket;
  const block = wanted.publicAccess;
  return {
    kind: 'publicAccess',
    title: 'Block public access',
    name,
    look: async (signal) => {
      if (block === null) {
        return cannot(
          name,
          `Nothing need be done: ${wanted.providerName} has no such setting, and nothing is public there unless it is made so.`,
        );
      }
      const there = await bucket.publicAccess(signal);
      const found = { name, document: json(block), there };
      if (there === null)
        return { ...found, action: 'create', detail: 'Nothing is blocked yet; it will be.' };
      return blocksAll(there, block)
        ? { ...found, action: 'keep', detail: 'It is blocked.' }
        : {
            ...found,
            action: 'update',
            detail: 'Some of it is open and is blocked: what is public now will no longer be.',
          };
    },
    carryOut: async ({ there }, signal) => {
      await bucket.putPublicAccess(block, signal);
      await records.keep('publicAccess', name, { made: there === null, before: there, after: block });
      return 'Blocked.';
    },
  };
};

/** What is blocked beyond what is wanted stays so. */
const blocksAll = (there: PublicAccess, wanted: PublicAccess): boolean =>
  (['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'] as const).every(
    (flag) => there[flag] || !wanted[flag],
  );
