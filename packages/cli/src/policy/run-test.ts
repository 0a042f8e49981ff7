import { runScenarios, ScenarioError } from '@windlass/policy';
import { paint, printable, type CommandOutput, type OutputFormat } from '../command-output.ts';
import { UsageError } from '../usage-error.ts';
import { readJson } from './read-text.ts';

/** Prints each failure and closes with `N passed, M failed`. Returns 1 where one failed. */
export const runTest = async (
  file: string | undefined,
  { format }: { format: OutputFormat },
  output: CommandOutput,
): Promise<number> => {
  const results = read(await readJson(file), file);
  const failures = results.filter(({ passed }) => !passed);
  const summary = `${results.length - failures.length} passed, ${failures.length} failed`;
  if (format === 'json') {
    const rows = results.map(({ id, title, passed, expected, actual, reason }) => ({
      id,
      title,
      passed,
      expected,
      actual,
      reason,
    }));
    output.write(
      `${JSON.stringify({ passed: results.length - failures.length, failed: failures.length, results: rows }, null, 2)}\n`,
    );
  } else {
    for (const { id, title, expected, actual, reason } of failures) {
      output.write(`${paint('FAILED', 'red', output)} ${printable(id)} ${printable(title)}\n`);
      if (actual !== null) output.write(`  expected ${expected.join(' or ')}, got ${actual}\n`);
      output.write(`  ${printable(reason)}\n`);
    }
    output.write(`${paint(summary, failures.length === 0 ? 'green' : 'red', output)}\n`);
  }
  return failures.length === 0 ? 0 : 1;
};

const read = (content: unknown, file: string | undefined): ReturnType<typeof runScenarios> => {
  try {
    return runScenarios(content);
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    throw new UsageError(`${file ?? 'Standard input'} is no file of scenarios: ${error.message}`, {
      cause: error,
    });
  }
};
