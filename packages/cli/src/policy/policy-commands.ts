import { type Command, Option } from 'commander';
import { examples, outputFormats, type CommandOutput } from '../command-output.ts';
import { defineEvaluate } from './evaluate-command.ts';
import { defineGenerate } from './generate-command.ts';
import { format, kind, list } from './shared-options.ts';

/** `windlass policy …`: all of it works without a server. What a command runs is loaded when it runs. */
export const definePolicyCommands = (program: Command, output: CommandOutput): void => {
  const policy = program
    .command('policy')
    .description('generate, lint, evaluate, compare and test policies for S3; no server is needed')
    .addHelpText(
      'after',
      examples(
        'windlass policy generate --job ingest --bucket media --prefix uploads/',
        'windlass policy lint policy.json --kind bucket',
        'windlass policy evaluate --bucket-policy policy.json --call PutObject --bucket media --key uploads/a.jpg',
        'windlass policy compare policy.json --job deliver --bucket media --prefix public/',
        'windlass policy test scenarios.json',
      ),
    );
  defineGenerate(policy, output);
  defineLint(policy, output);
  defineEvaluate(policy, output);
  defineCompare(policy, output);
  defineTest(policy, output);
};

const defineLint = (policy: Command, output: CommandOutput): void => {
  policy
    .command('lint')
    .description('say what is wrong with a policy, line by line')
    .argument('[file]', 'the policy; - or nothing reads standard input')
    .addOption(kind())
    .addOption(new Option('--provider <PROVIDER>', 'the provider it is for'))
    .addOption(new Option('--bucket <BUCKET>', 'the bucket it is about'))
    .addOption(new Option('--prefix <PREFIX>', 'the prefix it is about'))
    .addOption(new Option('--output-prefix <PREFIX>', 'where process writes'))
    .addOption(list('--job <JOB>', 'compare it with what this job needs; can be repeated'))
    .addOption(new Option('--account-id <ID>', 'twelve digits: the account that owns the bucket'))
    .addOption(new Option('--strict', 'end with 1 for warnings too'))
    .addOption(format(outputFormats))
    .addHelpText(
      'after',
      `\nIt ends with 1 when there is an error or a security finding.\n${examples(
        'windlass policy lint policy.json',
        'windlass policy lint policy.json --kind bucket --format json',
        'aws iam get-user-policy --user-name u --policy-name p --query PolicyDocument | windlass policy lint --kind identity --strict',
      )}`,
    )
    .action(async (file: string | undefined, options) => {
      const { runLint } = await import('./run-lint.ts');
      process.exitCode = await runLint(file, options, output);
    });
};

const defineCompare = (policy: Command, output: CommandOutput): void => {
  policy
    .command('compare')
    .description(
      'say what one policy gives and another does not, or what a job needs and a policy does not give',
    )
    .argument('<first>', 'a policy; - reads standard input')
    .argument('[second]', 'the policy that it is held against')
    .addOption(kind())
    .addOption(list('--job <JOB>', 'hold it against what this job needs; can be repeated'))
    .addOption(new Option('--bucket <BUCKET>', 'the bucket they are about'))
    .addOption(new Option('--prefix <PREFIX>', 'the prefix of the job').default(''))
    .addOption(new Option('--output-prefix <PREFIX>', 'where process writes'))
    .addOption(new Option('--principal <ARN>', 'who makes the calls of the job'))
    .addOption(new Option('--all', 'list what is equal too'))
    .addOption(format(outputFormats))
    .addHelpText(
      'after',
      `\nIt ends with 1 when they differ.\n${examples(
        'windlass policy compare old.json new.json --bucket media',
        'windlass policy compare policy.json --job ingest --bucket media --prefix uploads/',
      )}`,
    )
    .action(async (first: string, second: string | undefined, options) => {
      const { runCompare } = await import('./run-compare.ts');
      process.exitCode = await runCompare(first, second, options, output);
    });
};

const defineTest = (policy: Command, output: CommandOutput): void => {
  policy
    .command('test')
    .description(
      'evaluate the requests of a file of scenarios and hold each verdict against the expected one',
    )
    .argument('[file]', 'scenarios; - or nothing reads standard input')
    .addOption(format(outputFormats))
    .addHelpText(
      'after',
      `
A scenario is {"id", "title", "request", "identity", "bucketPolicy", …, "expect"}; the file is a list of them, or
{"scenarios": […]}. It ends with 1 when one fails.
${examples('windlass policy test scenarios.json', 'windlass policy test scenarios.json --format json')}`,
    )
    .action(async (file: string | undefined, options) => {
      const { runTest } = await import('./run-test.ts');
      process.exitCode = await runTest(file, options, output);
    });
};
