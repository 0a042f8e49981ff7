import { isCorsText, lintPolicy, type LintOptions } from '@windlass/policy/lint';
import type { CommandOutput, OutputFormat } from '../command-output.ts';
import { capabilityOf } from './capability-names.ts';
import { guessKind } from './guess-kind.ts';
import { policyKindOf } from './policy-kind.ts';
import { providerOf } from './provider-name.ts';
import { printFindings } from './print-findings.ts';
import { readText } from './read-text.ts';

export interface LintCommandOptions {
  kind?: string;
  provider?: string;
  bucket?: string;
  prefix?: string;
  outputPrefix?: string;
  job: string[];
  accountId?: string;
  strict?: true;
  format: OutputFormat;
}

export const runLint = async (
  file: string | undefined,
  options: LintCommandOptions,
  output: CommandOutput,
): Promise<number> => {
  // Before anything is read: a wrong flag is told at once.
  const named = options.kind === undefined ? null : policyKindOf(options.kind);
  const known = knownFacts(options);
  const text = await readText(file);
  const kind = named ?? guessKind(text);
  if (named === null && options.format === 'text' && !isCorsText(text))
    output.warn(`Taken for a policy of the kind ${kind}; --kind says otherwise.\n`);
  return printFindings(
    lintPolicy(text, { ...known, kind }),
    { source: file ?? '-', format: options.format, strict: options.strict === true },
    output,
  );
};

const knownFacts = ({
  provider,
  bucket,
  prefix,
  outputPrefix,
  job,
  accountId,
}: LintCommandOptions): Omit<LintOptions, 'kind'> => ({
  provider: provider === undefined ? undefined : providerOf(provider),
  bucket,
  prefix,
  outputPrefix,
  capabilities: job.length === 0 ? undefined : job.map(capabilityOf),
  accountId,
});
