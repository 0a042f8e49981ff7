import { CommanderError } from 'commander';
import { createProgram } from './program.ts';
import { UsageError } from './usage-error.ts';

/** Exit codes: 0 done, 1 failed, 2 wrong use. */
const usageError = 2;

/** Does what the arguments of this process ask for; the exit code tells how it went. */
export const runProgram = async (): Promise<void> => {
  // Whoever reads us may stop early, as head does.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });

  const program = createProgram({
    write: (text) => process.stdout.write(text),
    warn: (text) => process.stderr.write(text),
    colours: process.stdout.isTTY && (process.env['NO_COLOR'] ?? '') === '',
  });

  try {
    await program.parseAsync(process.argv);
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`error: ${error.message}\n`);
      process.exitCode = usageError;
    } else if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : usageError;
    else throw error;
  }
};
