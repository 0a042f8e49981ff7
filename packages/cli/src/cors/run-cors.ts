import {
  checkOrigin,
  formatCors,
  generateCors,
  PolicyInputError,
  providerProfiles,
} from '@windlass/policy/generate';
import { lintCors } from '@windlass/policy/lint';
import type { CommandOutput } from '../command-output.ts';
import { capabilityOf } from '../policy/capability-names.ts';
import { printFindings } from '../policy/print-findings.ts';
import { providerOf } from '../policy/provider-name.ts';
import { readText } from '../policy/read-text.ts';
import { UsageError } from '../usage-error.ts';
import type { CorsGenerateOptions, CorsLintOptions } from './cors-options.ts';

/** Prints the rules; returns 1 where there are none to print. */
export const runCorsGenerate = (options: CorsGenerateOptions, output: CommandOutput): number => {
  const profile = providerProfiles[providerOf(options.provider)];
  for (const origin of options.origin) readOrigin(origin);
  const rules = generateCors(options.job.map(capabilityOf), options.origin, profile);
  if (rules === null) {
    output.warn(
      profile.cors === 'none'
        ? `${profile.name} keeps no CORS rules for a bucket: origins are a setting of the server.\n`
        : 'No page reads from or uploads to the bucket in this job: it needs no rules.\n',
    );
    return 1;
  }
  output.write(`${formatCors(rules)}\n`);
  return 0;
};

/** Prints findings; returns 1 where one is grave. */
export const runCorsLint = async (
  file: string | undefined,
  options: CorsLintOptions,
  output: CommandOutput,
): Promise<number> => {
  const known = {
    provider: options.provider === undefined ? undefined : providerOf(options.provider),
    pageOrigin: options.origin === undefined ? undefined : readOrigin(options.origin),
    capabilities: options.job.length === 0 ? undefined : options.job.map(capabilityOf),
  };
  return printFindings(
    lintCors(await readText(file), known),
    { source: file ?? '-', format: options.format, strict: options.strict === true },
    output,
  );
};

const readOrigin = (origin: string): string => {
  try {
    checkOrigin(origin, '--origin');
    return origin;
  } catch (error) {
    if (!(error instanceof PolicyInputError)) throw error;
    throw new UsageError(`${error.message}.`, { cause: error });
  }
};
