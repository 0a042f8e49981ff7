import { type Command, Option } from 'commander';
import { examples, outputFormats, type CommandOutput } from '../command-output.ts';
import { format } from '../policy/shared-options.ts';
import type { CheckOptions } from './run-check.ts';

/** `windlass check NAME`: asks a running server to check a connection, as its page does. */
export const defineCheckCommand = (program: Command, output: CommandOutput): void => {
  program
    .command('check')
    .description('check a connection: what its credentials can, against what its jobs need')
    .argument('<name>', 'the name of the connection')
    .addOption(
      new Option('--url <URL>', 'address of the server').env('WINDLASS_URL').default('http://localhost:7400'),
    )
    .addOption(new Option('--strict', 'end with 1 for rights that are too much too'))
    .addOption(format(outputFormats))
    .addHelpText(
      'after',
      `\nWINDLASS_API_KEY holds an API key of the connection's team with the scopes team:read and connections:write.\nIt ends with 1 when something failed or is missing.\n${examples(
        'windlass check photos',
        'windlass check photos --format json',
        'windlass check photos --url https://windlass.example.com --strict',
      )}`,
    )
    .action(async (name: string, options: CheckOptions) => {
      const { runCheck } = await import('./run-check.ts');
      process.exitCode = await runCheck(name, options, process.env['WINDLASS_API_KEY'], output);
    });
};
