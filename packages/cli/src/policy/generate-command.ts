import { type Command, Option } from 'commander';
import { examples, type CommandOutput } from '../command-output.ts';
import { documentNames, renderings, type GenerateOptions } from './generate-options.ts';
import { list, repeatable } from './shared-options.ts';

const add = (command: Command, flags: string, help: string): Command =>
  command.addOption(new Option(flags, help));

export const defineGenerate = (policy: Command, output: CommandOutput): void => {
  const command = policy
    .command('generate')
    .description('write the documents that give credentials what a job needs and nothing else')
    .addOption(
      new Option(
        '--job <JOB>',
        'deliver, ingest, ingest-resumable, process, gallery, gallery-member or gallery-admin; can be repeated',
      )
        .argParser(repeatable)
        .makeOptionMandatory(),
    )
    .requiredOption('--bucket <BUCKET>', 'name of the bucket')
    .option('--prefix <PREFIX>', 'everything happens below it; empty, or ends in a slash', '');
  add(command, '--output-prefix <PREFIX>', 'where process writes, if not below the prefix');
  command.option(
    '--provider <PROVIDER>',
    'aws, r2, b2, wasabi, spaces, minio, ceph, embedded or other',
    'aws',
  );
  add(command, '--region <REGION>', 'region of the bucket');
  add(command, '--account-id <ID>', 'twelve digits: the account that owns the bucket');
  add(command, '--principal <ARN>', 'whom the bucket policy names');
  add(command, '--access-point <NAME>', 'through an access point of this name');
  add(command, '--trust-principal <ARN>', 'who may assume the role; needs --external-id');
  add(command, '--external-id <ID>', 'what they have to say when they do');
  add(
    command,
    '--issuer <HOST>',
    'issuer of tokens for the role, without https://; needs --audience and --subject',
  );
  add(command, '--audience <TEXT>', 'audience of the tokens');
  add(command, '--subject <TEXT>', 'subject of the tokens');
  command.addOption(list('--origin <ORIGIN>', 'origin of a page, for CORS; can be repeated'));
  add(command, '--user <NAME>', 'the one gallery member that the documents are for');
  add(command, '--name <NAME>', 'name of user, role and policy');
  add(command, '--write-once', 'objects cannot be overwritten');
  add(command, '--tls-only', 'requests without TLS are denied');
  add(command, '--account-pin', 'rights count only while the bucket belongs to --account-id');
  add(command, '--kms-key <ARN>', 'the key that the bucket encrypts with');
  add(command, '--existing-bucket', 'the bucket is there: do not make it');
  add(command, '--endpoint <URL>', 'S3 endpoint, for commands to other providers than AWS');
  command
    .addOption(new Option('--as <FORM>', 'how to write it').choices([...renderings]).default('json'))
    .addOption(
      new Option('--document <NAME>', 'which of the JSON documents')
        .choices([...documentNames])
        .default('all'),
    )
    .addHelpText(
      'after',
      `\nWhat the provider cannot express is said on standard error.\n${examples(
        'windlass policy generate --job ingest --bucket media --prefix uploads/ --document identity',
        'windlass policy generate --job deliver --job ingest-resumable --bucket media --prefix m/ --origin https://app.example.com --as terraform',
        'windlass policy generate --job process --bucket media --prefix in/ --output-prefix out/ --trust-principal 444455556666 --external-id con_1 --as cli | sh',
        'windlass policy generate --job ingest --bucket media --provider r2 --as console',
      )}`,
    )
    .action(async (options: GenerateOptions) => {
      const { runGenerate } = await import('./run-generate.ts');
      process.exitCode = await runGenerate(options, output);
    });
};
