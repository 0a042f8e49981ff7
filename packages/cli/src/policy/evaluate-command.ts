import { type Command, Option } from 'commander';
import { examples, outputFormats, type CommandOutput } from '../command-output.ts';
import type { EvaluateOptions } from './evaluate-options.ts';
import { format, list } from './shared-options.ts';

/** A flag that names a file of a policy; some kinds may be several. */
const policyFiles = [
  ['--identity <FILE>', 'policy of the user or role; can be repeated, as those below that are lists'],
  ['--group <FILE>', 'policy of a group of the user'],
  ['--boundary <FILE>', 'permissions boundary'],
  ['--vpc-endpoint <FILE>', 'policy of the VPC endpoint'],
  ['--scp <FILE>', 'service control policy, one for each level'],
  ['--rcp <FILE>', 'resource control policy, one for each level'],
] as const;

export const defineEvaluate = (policy: Command, output: CommandOutput): void => {
  const command = policy
    .command('evaluate')
    .description('say whether policies allow a request, which statement decides, and why');
  for (const [flags, help] of policyFiles) command.addOption(list(flags, help));
  command
    .option('--session <FILE>', 'session policy')
    .option('--bucket-policy <FILE>', 'policy of the bucket')
    .option('--access-point-policy <FILE>', 'policy of the access point; needs --access-point')
    .option('--access-point <ARN>', 'ask through this access point')
    .option('--trust <FILE>', 'trust policy of a role, for --action sts:AssumeRole')
    .option('--block-public-access', 'public statements count for nobody outside the account')
    .option(
      '--principal <ARN>',
      'who asks: ARN of a user, role or session, an account, or * for anonymous',
      'arn:aws:iam::111122223333:user/example',
    )
    .option('--account <ID>', 'twelve digits: who owns the bucket; the account of the principal when absent')
    .option('--action <ACTION>', 'IAM action, such as s3:GetObject; with --resource')
    .option('--resource <ARN>', 'resource of the action')
    .option('--call <OPERATION>', 'call of the S3 API, such as PutObject; with --bucket and --key')
    .option('--bucket <BUCKET>', 'bucket of the call')
    .option('--key <KEY>', 'key of the call')
    .addOption(list('--parameter <NAME=VALUE>', 'parameter or header of the call, such as prefix=uploads/'))
    .addOption(
      list('--context <KEY=VALUE>', 'condition key of the request, such as aws:SourceIp=203.0.113.7'),
    )
    .addOption(
      new Option('--expect <VERDICT>', 'end with 1 unless this comes out').choices(['allowed', 'denied']),
    )
    .addOption(format(outputFormats))
    .addHelpText(
      'after',
      examples(
        'windlass policy evaluate --identity policy.json --call PutObject --bucket media --key uploads/a.jpg',
        'windlass policy evaluate --bucket-policy policy.json --principal arn:aws:iam::444455556666:user/vendor --account 111122223333 --identity vendor.json --call ListObjectsV2 --bucket media --parameter prefix=uploads/',
        'windlass policy evaluate --identity policy.json --action s3:GetObject --resource arn:aws:s3:::media/a.jpg --context aws:SourceIp=203.0.113.7 --expect denied',
      ),
    )
    .action(async (options: EvaluateOptions) => {
      const { runEvaluate } = await import('./run-evaluate.ts');
      process.exitCode = await runEvaluate(options, output);
    });
};
