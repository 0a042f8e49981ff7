import { Option, type Command } from 'commander';
import { examples, type CommandOutput } from '../command-output.ts';
import type { DownloadOptions } from './run-download.ts';
import type { UploadOptions } from './run-upload.ts';

const server = (): Option =>
  new Option('--url <URL>', 'address of the server').env('WINDLASS_URL').default('http://localhost:7400');
const json = (): Option => new Option('--json', 'print one JSON document');
const quiet = (): Option => new Option('-q, --quiet', 'show no progress');

/** `windlass upload` and `windlass download`: files straight into a bucket and out of it. */
export const defineTransferCommands = (program: Command, output: CommandOutput): void => {
  program
    .command('upload')
    .description('put files and folders into a bucket; what was interrupted goes on where it stood')
    .argument('<paths...>', 'files and folders; folder/ stands for what is in it')
    .option('--to <CONNECTION[/PREFIX]>', 'the connection, and where below its own prefix')
    .addOption(server())
    .option('--skip-existing', 'take it for done where an object has the name already')
    .addOption(json())
    .addOption(quiet())
    .addHelpText(
      'after',
      `\nWINDLASS_API_KEY holds an API key with the scopes team:read, connections:read and transfers:write.\nWithout --to, WINDLASS_UPLOAD_TOKEN holds an upload grant (wu_…) that somebody has given you; no account is needed.\nNothing is ever overwritten. After Ctrl-C, a crash or a reboot the same command goes on; bytes that are there are not sent again.\n${examples(
        'windlass upload wedding/ --to lab/incoming',
        'windlass upload film.mov --to archive/2026',
        'windlass upload exports/*.tif --to lab --json',
        'WINDLASS_UPLOAD_TOKEN=wu_… windlass upload wedding/',
      )}`,
    )
    .action(async (paths: string[], options: UploadOptions) => {
      const { runUpload } = await import('./run-upload.ts');
      process.exitCode = await runUpload(paths, options, process.env, output);
    });

  program
    .command('download')
    .description('get objects out of a bucket; what was interrupted goes on where it stood')
    .argument('<from...>', 'CONNECTION/key for one object, CONNECTION/prefix/ for all below it')
    .option('-o, --output <FOLDER>', 'where to', '.')
    .addOption(server())
    .option('--force', 'replace files that are there already')
    .addOption(json())
    .addOption(quiet())
    .addHelpText(
      'after',
      `\nWINDLASS_API_KEY holds an API key with the scopes team:read, connections:read and transfers:read.\n${examples(
        'windlass download lab/orders/26-00042/ -o 26-00042',
        'windlass download archive/2026/film.mov',
      )}`,
    )
    .action(async (from: string[], options: DownloadOptions) => {
      const { runDownload } = await import('./run-download.ts');
      process.exitCode = await runDownload(from, options, process.env, output);
    });
};
