import { compareWithJob } from '@windlass/policy/compare';
import { needsOf, type GeneratedDocuments, type GenerateInput } from '@windlass/policy/generate';

/** What came of trying every call of the jobs against the documents made for them. */
export interface Proof {
  /** How many calls the jobs need, and how many they must not make. */
  must: number;
  mustNot: number;
  /** Titles of the calls that are not as they should be: what the provider cannot express. */
  wrong: readonly string[];
}

/** A user of this name has the folder that `needsOf` takes for the member's own. */
const member = 'member';

/**
 * Tries the documents, as the studio would try any others. Null where there is nothing to try: the provider has no
 * policies for users, or the calls take another way than straight to the bucket.
 */
export const proofOf = (
  { identity, bucketPolicy }: GeneratedDocuments,
  input: GenerateInput,
): Proof | null => {
  const { capabilities, bucket, prefix, outputPrefix, accountId = '111122223333', addOns } = input;
  if (identity === null || input.accessPoint !== undefined || input.trust !== undefined) return null;
  const target = {
    bucket,
    prefix,
    ...(outputPrefix !== undefined && { outputPrefix }),
    writeOnce: addOns?.writeOnce === true && bucketPolicy !== null,
    user: member,
  };
  const caller = { principal: `arn:aws:iam::${accountId}:user/${member}`, resourceAccount: accountId };
  const rows = compareWithJob({ identity: [identity], bucketPolicy }, capabilities, { ...target, caller });
  const must = needsOf(capabilities, target).filter(({ kind }) => kind === 'must').length;
  return {
    must,
    mustNot: rows.length - must,
    wrong: rows.filter(({ state }) => state !== 'equal').map(({ title }) => title),
  };
};
