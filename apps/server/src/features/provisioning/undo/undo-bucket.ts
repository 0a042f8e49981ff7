import { z } from 'zod';
import { bucketFailureOf, type NamedRule, type RuleList } from '../../../platform/s3/index.ts';
import { recordedRules, unmergeRules } from '../merge-rules.ts';
import { sameJson } from '../same-json.ts';
import { json } from '../step.ts';
import type { Tools } from '../tools.ts';
import { changedSince, gone, keep, remove, restore, type Undo } from './undo-step.ts';

/** A bucket that holds objects is somebody's data: it stays. */
export const undoBucket = ({ bucket }: Tools): Undo => ({
  look: async ({ made }, signal) => {
    if (!made) return keep('It was there before.', true);
    if (!(await bucket.exists(signal))) return gone;
    return (await bucket.isEmpty(signal))
      ? remove('It is empty and is deleted.')
      : keep('It holds objects: it stays, with all of them.');
  },
  carryOut: async (_, __, signal) => {
    try {
      await bucket.delete(signal);
      return { done: true, detail: 'Deleted.' };
    } catch (error) {
      // Versions and unfinished uploads do not show in a listing.
      if (bucketFailureOf(error)?.code !== 'BucketNotEmpty') throw error;
      return { done: false, detail: 'It holds versions, delete markers or unfinished uploads: it stays.' };
    }
  },
});

const block = z.object({
  BlockPublicAcls: z.boolean(),
  IgnorePublicAcls: z.boolean(),
  BlockPublicPolicy: z.boolean(),
  RestrictPublicBuckets: z.boolean(),
});

export const undoPublicAccess = ({ bucket }: Tools): Undo => ({
  look: async ({ before, after }, signal) => {
    const there = await bucket.publicAccess(signal);
    if (there === null) return gone;
    if (!sameJson(there, after)) return changedSince;
    return before === null
      ? remove('The setting is taken away again.')
      : restore('It is set as it was.', json(before));
  },
  carryOut: async ({ before }, _, signal) => {
    await bucket.putPublicAccess(block.nullable().parse(before), signal);
    return { done: true, detail: before === null ? 'Taken away.' : 'Set as it was.' };
  },
});

const undone = (there: NamedRule[], { before, after }: { before: unknown; after: unknown }) =>
  unmergeRules(there, { before: recordedRules.parse(before), after: recordedRules.parse(after) });

const undoRules = (list: RuleList): Undo => ({
  look: async (row, signal) => {
    const there = await list.read(signal);
    const { rules: left, changed } = undone(there, row);
    if (sameJson(left, there)) return changed.length === 0 ? gone : changedSince;
    const stay = changed.length === 0 ? '' : ` ${changed.join(', ')} was changed since and stays.`;
    return row.made
      ? { ...remove(`The rules are taken out again; all others stay.${stay}`), document: json(left) }
      : restore(`The rules are put back as they were; all others stay.${stay}`, json(left));
  },
  carryOut: async (row, _, signal) => {
    await list.write(undone(await list.read(signal), row).rules, signal);
    return { done: true, detail: 'Put back.' };
  },
});

export const undoCors = ({ bucket }: Tools): Undo => undoRules(bucket.cors);
export const undoLifecycle = ({ bucket }: Tools): Undo => undoRules(bucket.lifecycle);
