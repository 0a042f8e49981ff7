import { CommanderError } from 'commander';
import { createProgram } from './program.ts';

/** Exit codes: 0 done, 1 failed, 2 wrong use. */
const usageError = 2;

const program = createProgram({
  write: (text) => process.stdout.write(text),
  colours: process.stdout.isTTY && (process.env['NO_COLOR'] ?? '') === '',
});

try {
  await program.parseAsync(process.argv);
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : usageError;
}
