import { fileURLToPath } from 'node:url';
import { Command, Option } from 'commander';
import { settings, type Setting } from '../../../apps/server/src/config/settings.ts';
import { start } from '../../../scripts/commands/start.js';
import packageJson from '../package.json' with { type: 'json' };
import { defineCheckCommand } from './check/check-command.ts';
import { completionScript, shells } from './completion.ts';
import { examples, type CommandOutput } from './command-output.ts';
import { defineCorsCommands } from './cors/cors-commands.ts';
import { defineImageCommands } from './image/image-commands.ts';
import { definePolicyCommands } from './policy/policy-commands.ts';
import { defineTransferCommands } from './transfer/transfer-commands.ts';

/** The windlass command: its nouns, verbs, help and examples. Parsing rejects with a CommanderError instead of exiting. */
export const createProgram = (output: CommandOutput): Command => {
  const { write, colours } = output;
  const program = new Command('windlass')
    .description('Your media, in your bucket.')
    .version(packageJson.version, '--version', 'print the version')
    .helpOption('-h, --help', 'print this text')
    .helpCommand('help [command]', 'print the help of a command')
    .exitOverride()
    .addHelpText(
      'after',
      examples(
        'windlass start',
        'windlass doctor',
        'windlass policy lint policy.json',
        'windlass image render tom.jpg --width 600 -o tom.webp',
        'windlass upload wedding/ --to lab/incoming',
        'windlass completion bash',
      ),
    );

  const starting = program
    .command('start')
    .description('start Windlass: PostgreSQL, the bucket, the web app with its API, and images')
    .action(async (options: Record<string, string>) => {
      const root = fileURLToPath(new URL('../../..', import.meta.url));
      process.exitCode = await start(root, settingArguments(options));
    });
  addSettings(starting);
  starting.addHelpText(
    'after',
    examples('windlass start', 'windlass start --data /srv/windlass', 'windlass start --role worker'),
  );

  const doctoring = program
    .command('doctor')
    .description('look for what keeps Windlass from running well, and say what to do')
    .option('--json', 'print one JSON document')
    .action(async ({ json, ...options }: Record<string, string> & { json?: string }) => {
      // Both bring the server's libraries along, which no other command needs.
      const [{ doctor }, { formatRows }] = await Promise.all([
        import('./doctor/doctor.ts'),
        import('./doctor/format-rows.ts'),
      ]);
      const rows = await doctor(settingArguments(options));
      const ok = rows.every(({ state }) => state !== 'fail');
      write(json === undefined ? formatRows(rows, colours) : `${JSON.stringify({ ok, rows }, null, 2)}\n`);
      process.exitCode = ok ? 0 : 1;
    });
  addSettings(doctoring);
  doctoring.addHelpText(
    'after',
    `\nIt exits with 1 when a row says fail.\n${examples('windlass doctor', 'windlass doctor --data /srv/windlass', 'windlass doctor --json')}`,
  );

  defineCheckCommand(program, output);
  definePolicyCommands(program, output);
  defineCorsCommands(program, output);
  defineImageCommands(program, output);
  defineTransferCommands(program, output);

  const completing = program
    .command('completion')
    .description('print a script that completes the command in a shell');
  for (const shell of shells)
    completing
      .command(shell)
      .description(`for ${shell}`)
      .action(() => write(completionScript(shell, program)))
      .addHelpText('after', examples(completionExamples[shell]));
  completing.addHelpText('after', examples(...Object.values(completionExamples)));
  pointToHelp(program, program.name());
  return program;
};

/** A wrong use is answered with where the help of that very command is. */
const pointToHelp = (command: Command, path: string): void => {
  command.showHelpAfterError(`See ${path} --help.`);
  for (const child of command.commands) pointToHelp(child, `${path} ${child.name()}`);
};

const completionExamples = {
  bash: 'windlass completion bash > ~/.local/share/bash-completion/completions/windlass',
  zsh: 'windlass completion zsh > "${fpath[1]}/_windlass"',
  fish: 'windlass completion fish > ~/.config/fish/completions/windlass.fish',
} as const satisfies Record<(typeof shells)[number], string>;

/** The flags of the server's own table of settings. */
const addSettings = (command: Command): void => {
  for (const { flag, placeholder, env, help } of Object.values<Setting>(settings))
    if (flag !== undefined)
      command.addOption(new Option(`--${flag} <${placeholder ?? 'TEXT'}>`, `${help} [${env}]`));
};

/** Back to arguments, for the server's reader of settings. */
const settingArguments = (options: Record<string, string>): string[] =>
  Object.values<Setting>(settings).flatMap(({ flag }) => {
    const value = flag === undefined ? undefined : options[attributeName(flag)];
    return value === undefined ? [] : [`--${flag}=${value}`];
  });

/** `images-port` -> `imagesPort`, as commander names it. */
const attributeName = (flag: string): string =>
  flag.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
