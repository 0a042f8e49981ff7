import type { Refusal } from '@windlass/contract';
import { planParts, type PartLimits, type PartPlan } from '@windlass/transfer';
import type { Grant } from './grant.ts';
import type { WantedFile } from './grant-uploads.ts';
import type { UploadPlace } from './grant-store.ts';
import { objectionToFile } from './judge-file.ts';
import { keyFromName } from './key-from-name.ts';
import { refusalOf } from './refusals.ts';

/** A file that may come, by all that can be said without asking anybody. */
export interface Wish {
  /** Its place in the call. */
  index: number;
  file: WantedFile;
  key: string;
  plan: PartPlan;
}

/** Judges each file by itself. */
export const planTickets = (
  files: readonly WantedFile[],
  grant: Pick<Grant, 'prefix' | 'limits' | 'holder'>,
  { place, limits }: { place: UploadPlace; limits: PartLimits },
): { wishes: Wish[]; refusals: Map<number, Refusal> } => {
  const wishes: Wish[] = [];
  const refusals = new Map<number, Refusal>();
  // The list of an order lies beside its files.
  const reserved = grant.holder.kind === 'order' ? [`${grant.prefix}manifest.json`] : [];
  for (const [index, file] of files.entries()) {
    const objection = objectionToFile(file, grant.limits);
    const named = keyFromName(grant.prefix, file.name, { connectionPrefix: place.prefix, reserved });
    const plan = planOf(file, limits);
    if (objection !== null) refusals.set(index, refusalOf(objection));
    else if ('reason' in named)
      refusals.set(index, refusalOf({ code: 'nameRefused', detail: `The name ${named.reason}.` }));
    else if (plan === null)
      refusals.set(
        index,
        refusalOf({
          code: 'fileTooLarge',
          detail: `${file.size} bytes are more than this bucket takes in one object.`,
        }),
      );
    else wishes.push({ index, file, key: named.key, plan });
  }
  return { wishes, refusals };
};

/** The sender's own cut, or ours. */
const planOf = ({ size, partSize }: WantedFile, limits: PartLimits): PartPlan | null => {
  if (partSize === undefined) return planParts(size, limits);
  if (partSize === null || size === 0) {
    return size > limits.maxPartBytes ? null : { kind: 'single', partSize: size, partCount: 1 };
  }
  const partCount = Math.ceil(size / partSize);
  const fits = partSize <= limits.maxPartBytes && partCount <= limits.maxParts;
  // S3 lets only the last part be small.
  const large = partCount === 1 || partSize >= limits.minPartBytes;
  return fits && large ? { kind: 'multipart', partSize, partCount } : null;
};
