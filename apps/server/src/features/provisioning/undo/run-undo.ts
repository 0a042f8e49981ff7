import { provisioningKinds, type ProvisioningKind, type UndoStep } from '@windlass/contract';
import { bucketFailureOf } from '../../../platform/s3/index.ts';
import { failureText } from '../run-plan.ts';
import type { ProvisionedRow } from '../store.ts';
import type { Tools } from '../tools.ts';
import { undoBucket, undoCors, undoLifecycle, undoPublicAccess } from './undo-bucket.ts';
import { undoAccessKey, undoPolicy, undoRole, undoUser } from './undo-identity.ts';
import { keep, type Undo, type UndoFinding } from './undo-step.ts';

/** `rows` are all that is to be undone in the same run. */
type MakeUndo = (tools: Tools, rows: readonly ProvisionedRow[]) => Undo;

/** What is recorded of each kind. Credentials are none: those that were there before are not known to anybody. */
const undos: Record<Exclude<ProvisioningKind, 'credentials'>, MakeUndo> = {
  bucket: undoBucket,
  publicAccess: undoPublicAccess,
  cors: undoCors,
  lifecycle: undoLifecycle,
  user: undoUser,
  role: undoRole,
  policy: undoPolicy,
  accessKey: undoAccessKey,
};

const titles: Record<Exclude<ProvisioningKind, 'credentials'>, string> = {
  bucket: 'Bucket',
  publicAccess: 'Block public access',
  cors: 'CORS rules',
  lifecycle: 'Lifecycle rules',
  user: 'IAM user',
  role: 'IAM role',
  policy: 'Policy',
  accessKey: 'Access key of the user',
};

const order = (kind: ProvisioningKind): number => provisioningKinds.indexOf(kind);

/** Kinds that are a bucket or a setting of one; their records have its name. */
const ofBucket: ReadonlySet<ProvisioningKind> = new Set(['bucket', 'publicAccess', 'cors', 'lifecycle']);

/**
 * Undoes records in the reverse of the order in which things are made, and goes on after a failure: what one key may
 * not remove does not keep the rest. With `dryRun` it only looks.
 *
 * @param bucket that the tools are for: what was made in another one is not looked for in this
 * @param forget told of each record that has nothing left to undo
 */
export const runUndo = async (
  rows: readonly ProvisionedRow[],
  tools: Tools,
  options: {
    dryRun: boolean;
    bucket: string;
    forget(row: ProvisionedRow): Promise<void>;
    signal: AbortSignal;
  },
): Promise<UndoStep[]> => {
  const steps: UndoStep[] = [];
  for (const row of rows.toSorted(
    (a, b) => order(b.kind) - order(a.kind) || b.at.getTime() - a.at.getTime(),
  )) {
    if (row.kind === 'credentials') continue;
    const undo = undos[row.kind](tools, rows);
    const elsewhere = ofBucket.has(row.kind) && row.name !== options.bucket;
    const finding = elsewhere
      ? keep(`It was made in the bucket ${row.name}, which is not this connection’s any more: it stays.`)
      : await lookAt(undo, row, options.signal);
    const { action, detail, document } = finding;
    const result = options.dryRun ? null : await carryOut(undo, row, finding, options);
    steps.push({ kind: row.kind, title: titles[row.kind], name: row.name, action, detail, document, result });
  }
  return steps;
};

const lookAt = async (undo: Undo, row: ProvisionedRow, signal: AbortSignal): Promise<UndoFinding> => {
  try {
    return await undo.look(row, signal);
  } catch (error) {
    const failure = bucketFailureOf(error);
    if (failure === null || (failure.kind !== 'denied' && failure.kind !== 'unsupported')) throw error;
    return keep(`${failure.cause} ${failure.next}`);
  }
};

const carryOut = async (
  undo: Undo,
  row: ProvisionedRow,
  finding: UndoFinding,
  { forget, signal }: { forget(row: ProvisionedRow): Promise<void>; signal: AbortSignal },
): Promise<NonNullable<UndoStep['result']>> => {
  if (finding.action === 'keep') {
    if (finding.settled) await forget(row);
    return { outcome: 'kept', detail: finding.detail };
  }
  try {
    const { done, detail } = await undo.carryOut(row, finding, signal);
    if (done) await forget(row);
    return { outcome: done ? 'done' : 'kept', detail };
  } catch (error) {
    return { outcome: 'failed', detail: failureText(error) };
  }
};
