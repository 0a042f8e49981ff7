import type {
  ProvisioningAction,
  ProvisioningKind,
  ProvisioningOutcome,
  ProvisioningStep,
} from '@windlass/contract';
import { AppError } from '../../kernel/app-error.ts';
import { bucketFailureOf } from '../../platform/s3/index.ts';
import { sameJson } from './same-json.ts';
import { cannot, type Finding, type Step } from './step.ts';

/** A step as it was shown, with what stood there then. */
export interface PlannedStep {
  kind: ProvisioningKind;
  title: string;
  finding: Finding;
}

export interface StepResult {
  outcome: ProvisioningOutcome;
  detail: string;
}

/** A step as the contract shows it: nothing of what was found out for the run itself. */
export const presentStep = ({ kind, title, finding }: PlannedStep): ProvisioningStep => ({
  kind,
  title,
  name: finding.name,
  action: finding.action,
  detail: finding.detail,
  document: finding.document,
});

type Findings = Map<ProvisioningKind, Finding>;

/**
 * Looks at everything in order; each look sees the findings before it.
 *
 * @throws AppError checkFailed, where the provider does not know the administrator's keys
 */
export const lookAtAll = async (
  steps: readonly Step[],
  findings: Findings,
  signal: AbortSignal,
): Promise<PlannedStep[]> => {
  const planned: PlannedStep[] = [];
  for (const step of steps) {
    const { kind, title } = step;
    const finding = await lookAt(step, findings, signal).catch(refuseKeys);
    planned.push({ kind, title, finding });
  }
  return planned;
};

/** Keys that are wrong are told as the check of a connection tells them: it is the keys that are to be mended. */
const refuseKeys = (error: unknown): never => {
  const failure = bucketFailureOf(error);
  if (failure === null || failure.kind !== 'credentials') throw error;
  throw new AppError('checkFailed', failure.cause, {
    cause: error,
    errors: [{ path: 'credentials', message: `${failure.cause} ${failure.next}`.trim() }],
  });
};

/** What the provider has not, or the keys may not, cannot be done; that is a finding and no error. */
const lookAt = async (step: Step, findings: Findings, signal: AbortSignal): Promise<Finding> => {
  let finding: Finding;
  try {
    finding = await step.look(signal);
  } catch (error) {
    const failure = bucketFailureOf(error);
    if (failure === null || (failure.kind !== 'denied' && failure.kind !== 'unsupported')) throw error;
    finding = cannot(step.name, `${failure.cause} ${failure.next}`);
  }
  findings.set(step.kind, finding);
  return finding;
};

const changes: ReadonlySet<ProvisioningAction> = new Set(['create', 'update']);

/**
 * Carries out what was planned, in order. Each step is looked at once more: what has come to be as it should is kept, and
 * what is no longer as it was shown stops the run, as every failure does.
 */
export const runPlan = async (
  steps: readonly Step[],
  planned: readonly PlannedStep[],
  findings: Findings,
  signal: AbortSignal,
): Promise<StepResult[]> => {
  const results: StepResult[] = [];
  let failed = false;
  for (const [index, step] of steps.entries()) {
    const shown = planned[index]?.finding;
    const result: StepResult = failed
      ? { outcome: 'notReached', detail: 'A step before it failed.' }
      : shown === undefined || shown.action === 'cannot'
        ? skipped(step, shown, findings)
        : await carryOut(step, shown, findings, signal);
    failed ||= result.outcome === 'failed';
    results.push(result);
  }
  return results;
};

const skipped = (step: Step, shown: Finding | undefined, findings: Findings): StepResult => {
  if (shown !== undefined) findings.set(step.kind, shown);
  return { outcome: 'skipped', detail: 'It cannot be done here.' };
};

const carryOut = async (
  step: Step,
  shown: Finding,
  findings: Findings,
  signal: AbortSignal,
): Promise<StepResult> => {
  try {
    const finding = await lookAt(step, findings, signal);
    if (finding.action === 'keep') return { outcome: 'kept', detail: finding.detail };
    if (!isAsShown(finding, shown)) {
      return { outcome: 'failed', detail: 'It is no longer as the plan showed it: plan again.' };
    }
    return { outcome: 'done', detail: await step.carryOut(finding, signal) };
  } catch (error) {
    return { outcome: 'failed', detail: failureText(error) };
  }
};

const isAsShown = (finding: Finding, shown: Finding): boolean =>
  changes.has(finding.action) &&
  finding.action === shown.action &&
  finding.document === shown.document &&
  sameJson(finding.there, shown.there);

/** What went wrong, for a person. What nobody foresaw is an error of ours and goes on as one. */
export const failureText = (error: unknown): string => {
  if (!(error instanceof AppError)) throw error;
  const failure = bucketFailureOf(error);
  return failure === null ? error.message : `${failure.cause} ${failure.next}`.trim();
};
