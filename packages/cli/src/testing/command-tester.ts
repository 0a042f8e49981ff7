import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommanderError, type Command } from 'commander';
import { createProgram } from '../program.ts';
import { UsageError } from '../usage-error.ts';

export interface CommandResult {
  code: number | null;
  out: string;
  err: string;
}

export interface CommandTester extends Disposable {
  readonly folder: string;
  /** Runs the program in this process: no process is started for each question. */
  run(args: readonly string[]): Promise<CommandResult>;
  /** Runs the command as a person does, in the folder of the files, with something on its standard input. */
  spawn(args: readonly string[], input: string): CommandResult;
}

const main = join(import.meta.dirname, '../main.ts');

/** A folder with files, and commands that are run on them by their bare names. */
export const createCommandTester = (files: Readonly<Record<string, string>>): CommandTester => {
  const folder = mkdtempSync(join(tmpdir(), 'windlass-command-'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const bare = (text: string): string => text.replaceAll(`${folder}/`, '');
  return {
    folder,
    run: async (args) => {
      const result = await runProgram(args.map((arg) => (arg.endsWith('.json') ? join(folder, arg) : arg)));
      return { code: result.code, out: bare(result.out), err: bare(result.err) };
    },
    spawn: (args, input) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
        cwd: folder,
        env: { PATH: process.env['PATH'] ?? '', HOME: folder },
        input,
        encoding: 'utf8',
      });
      return { code: status, out: stdout, err: stderr };
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
};

const runProgram = async (args: readonly string[]): Promise<CommandResult> => {
  let [out, err] = ['', ''];
  const write = (text: string): void => {
    out += text;
  };
  const warn = (text: string): void => {
    err += text;
  };
  const program = createProgram({ write, warn, colours: false });
  for (const command of everyCommand(program)) command.configureOutput({ writeOut: write, writeErr: warn });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return { code: Number(process.exitCode ?? 0), out, err };
  } catch (error) {
    if (error instanceof UsageError) return { code: 2, out, err: err + error.message };
    if (error instanceof CommanderError) return { code: error.exitCode === 0 ? 0 : 2, out, err };
    throw error;
  } finally {
    // It is the test runner's own.
    process.exitCode = undefined;
  }
};

const everyCommand = (command: Command): Command[] => [command, ...command.commands.flatMap(everyCommand)];
