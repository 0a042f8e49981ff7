import type { Finding, Severity } from '@windlass/policy/lint';
import { paint, printable, type CommandOutput, type OutputFormat } from '../command-output.ts';

const colours = { error: 'red', security: 'magenta', warn: 'yellow', info: 'dim' } as const satisfies Record<
  Severity,
  string
>;

export interface FindingPrint {
  /** Name of what was read, as lines begin with it. */
  readonly source: string;
  readonly format: OutputFormat;
  /** Warnings count too. */
  readonly strict: boolean;
}

/** Prints findings, for people as `file:line:column severity rule message`. Returns the exit code: 1 where one is grave. */
export const printFindings = (
  findings: readonly Finding[],
  { source, format, strict }: FindingPrint,
  output: CommandOutput,
): number => {
  if (format === 'json') {
    const rows = findings.map(({ rule, severity, line, column, message }) => ({
      rule,
      severity,
      line,
      column,
      message,
    }));
    output.write(`${JSON.stringify(rows, null, 2)}\n`);
  } else {
    for (const { rule, severity, line, column, message, fixes } of findings) {
      output.write(
        `${printable(source)}:${line}:${column} ${paint(severity, colours[severity], output)} ${rule} ${printable(message)}\n`,
      );
      for (const { title } of fixes) output.write(`${paint(`  fix: ${printable(title)}`, 'dim', output)}\n`);
    }
    if (findings.length === 0) output.write(`${printable(source)}: nothing found.\n`);
  }
  return findings.some(({ severity }) => isGrave(severity, strict)) ? 1 : 0;
};

const isGrave = (severity: Severity, strict: boolean): boolean =>
  severity === 'error' || severity === 'security' || (strict && severity === 'warn');
