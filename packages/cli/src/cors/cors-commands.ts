import { type Command, Option } from 'commander';
import { examples, outputFormats, type CommandOutput } from '../command-output.ts';
import { format, list, repeatable } from '../policy/shared-options.ts';
import type { CorsGenerateOptions, CorsLintOptions } from './cors-options.ts';

const jobs = 'deliver, ingest, ingest-resumable, gallery, gallery-member or gallery-admin; can be repeated';

/** `windlass cors …`: works without a server. */
export const defineCorsCommands = (program: Command, output: CommandOutput): void => {
  const cors = program
    .command('cors')
    .description('generate and lint the CORS rules of a bucket; no server is needed')
    .addHelpText(
      'after',
      examples(
        'windlass cors generate --job ingest --origin https://app.example.com',
        'windlass cors lint cors.json --origin https://app.example.com',
      ),
    );

  cors
    .command('generate')
    .description('write the rules that let pages do what a job needs, as the S3 console takes them')
    .addOption(new Option('--job <JOB>', jobs).argParser(repeatable).makeOptionMandatory())
    .addOption(
      new Option('--origin <ORIGIN>', 'scheme, host and port of a page; can be repeated')
        .argParser(repeatable)
        .makeOptionMandatory(),
    )
    .option('--provider <PROVIDER>', 'aws, r2, b2, wasabi, spaces, minio, ceph, embedded or other', 'aws')
    .addHelpText(
      'after',
      `\nIt ends with 1 where the job needs no rules, or the provider has none.\n${examples(
        'windlass cors generate --job ingest --origin https://app.example.com',
        'windlass cors generate --job gallery --origin https://app.example.com --origin http://localhost:7400 --provider r2',
      )}`,
    )
    .action(async (options: CorsGenerateOptions) => {
      const { runCorsGenerate } = await import('./run-cors.ts');
      process.exitCode = runCorsGenerate(options, output);
    });

  cors
    .command('lint')
    .description('say what is wrong with CORS rules, in JSON or XML, line by line')
    .argument('[file]', 'the rules; - or nothing reads standard input')
    .addOption(new Option('--provider <PROVIDER>', 'the provider they are for'))
    .addOption(new Option('--origin <ORIGIN>', 'a page that they have to let in'))
    .addOption(list('--job <JOB>', jobs))
    .addOption(new Option('--strict', 'end with 1 for warnings too'))
    .addOption(format(outputFormats))
    .addHelpText(
      'after',
      `\nIt ends with 1 when there is an error or a security finding.\n${examples(
        'windlass cors lint cors.json --job ingest --origin https://app.example.com',
        'aws s3api get-bucket-cors --bucket media | windlass cors lint --format json',
      )}`,
    )
    .action(async (file: string | undefined, options: CorsLintOptions) => {
      const { runCorsLint } = await import('./run-cors.ts');
      process.exitCode = await runCorsLint(file, options, output);
    });
};
