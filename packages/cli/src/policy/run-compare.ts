import type { PolicyDocument, PolicyKind, Statement } from '@windlass/policy';
import { comparePolicies, compareStates, compareWithJob, type CompareRow } from '@windlass/policy/compare';
import { paint, printable, type CommandOutput, type OutputFormat } from '../command-output.ts';
import { UsageError } from '../usage-error.ts';
import { capabilityOf } from './capability-names.ts';
import { guessKind } from './guess-kind.ts';
import { policyKindOf } from './policy-kind.ts';
import { policySetOf } from './policy-set.ts';
import { readPolicy } from './read-policy.ts';

export interface CompareCommandOptions {
  kind?: string;
  job: string[];
  bucket?: string;
  prefix: string;
  outputPrefix?: string;
  principal?: string;
  all?: true;
  format: OutputFormat;
}

const colours = { missing: 'red', excess: 'yellow', unknown: 'dim', equal: 'green' } as const;

/** Prints rows; returns 1 where one is not equal. */
export const runCompare = async (
  first: string,
  second: string | undefined,
  options: CompareCommandOptions,
  output: CommandOutput,
): Promise<number> => {
  const named = options.kind === undefined ? null : policyKindOf(options.kind);
  if ((second === undefined) === (options.job.length === 0))
    throw new UsageError('Name a second policy, or a job with --job: one of the two.');
  const policy = await readPolicy(first);
  const kind = named ?? guessKind(JSON.stringify(policy));
  const rows =
    second === undefined
      ? jobRows(policy, kind, options)
      : comparePolicies(policy, await readPolicy(second), { kind, bucket: options.bucket ?? 'bucket' });
  print(rows, options, output);
  return rows.every(({ state }) => state === 'equal') ? 0 : 1;
};

const jobRows = (policy: PolicyDocument, kind: PolicyKind, options: CompareCommandOptions): CompareRow[] => {
  if (options.bucket === undefined) throw new UsageError('--job needs --bucket.');
  // A bucket policy decides alone for a user of the owner's account whom it names.
  const principal = options.principal ?? firstPrincipal(policy) ?? `arn:aws:iam::${ownAccount}:user/windlass`;
  return compareWithJob(policySetOf(kind, policy), options.job.map(capabilityOf), {
    bucket: options.bucket,
    prefix: options.prefix,
    ...(options.outputPrefix !== undefined && { outputPrefix: options.outputPrefix }),
    user: principal.slice(principal.lastIndexOf('/') + 1),
    caller: { principal, resourceAccount: /:(\d{12}):/.exec(principal)?.[1] ?? ownAccount },
  });
};

/** Stands for the bucket owner's account where none is named. */
const ownAccount = '111122223333';

/** The first user or role that a policy names. */
const firstPrincipal = (policy: PolicyDocument): string | undefined =>
  /"(arn:aws[a-z-]*:iam::\d{12}:(?:user|role)\/[\w+=,.@/-]+)"/.exec(JSON.stringify(policy))?.[1];

type RowGroup = [CompareRow, ...CompareRow[]];

/** Rows that one statement would mend, or that fail for one reason, together. */
const groupsOf = (rows: readonly CompareRow[]): RowGroup[] => {
  const groups = new Map<string, RowGroup>();
  for (const row of rows) {
    const { state, accessLevel, statement, reason = '' } = row;
    const id = JSON.stringify([
      state,
      accessLevel,
      statement === null ? reason : { ...statement, Action: '' },
    ]);
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [row]);
    else group.push(row);
  }
  return [...groups.values()];
};

/** The statements of a group, which differ in their actions alone, as one. */
const statementOf = (group: RowGroup): Statement | null => {
  const [{ statement }] = group;
  if (statement === null) return null;
  const actions = [...new Set(group.flatMap((row) => row.statement?.Action ?? []))];
  return { ...statement, ...(actions.length > 0 && { Action: actions }) };
};

const print = (
  rows: readonly CompareRow[],
  { all, format }: CompareCommandOptions,
  output: CommandOutput,
): void => {
  if (format === 'json') {
    output.write(`${JSON.stringify(rows, null, 2)}\n`);
    return;
  }
  for (const group of groupsOf(rows.filter(({ state }) => all === true || state !== 'equal'))) {
    const [{ state, accessLevel, reason }] = group;
    const statement = statementOf(group);
    output.write(`${paint(state, colours[state], output)} (${accessLevel})\n`);
    for (const { title, action, resource } of group)
      output.write(
        `  ${printable(title)}${reason === undefined ? '' : `: ${action} ${printable(resource)}`}\n`,
      );
    if (reason !== undefined && state !== 'equal') output.write(`  why: ${printable(reason)}\n`);
    if (statement !== null)
      output.write(`  ${state === 'missing' ? 'add' : 'drop'}: ${printable(JSON.stringify(statement))}\n`);
  }
  const counts = compareStates.map((state) => `${rows.filter((row) => row.state === state).length} ${state}`);
  output.write(`${counts.join(', ')}\n`);
};
