import {
  ApiCallError,
  evaluate,
  evaluateCall,
  type Decision,
  type Evaluation,
  type PolicyDocument,
  type PolicySet,
  type RequestContext,
} from '@windlass/policy';
import { paint, printable, type CommandOutput } from '../command-output.ts';
import { UsageError } from '../usage-error.ts';
import type { EvaluateOptions } from './evaluate-options.ts';
import { readPolicy } from './read-policy.ts';

/** What was asked and answered; a call may need several actions. */
interface Answer {
  readonly decision: Decision;
  readonly reason: string;
  readonly actions: readonly {
    readonly action: string;
    readonly resource: string;
    readonly evaluation: Evaluation;
  }[];
}

/** Prints the verdict, the statement that decided and what each statement does. Returns 1 where `--expect` is not met. */
export const runEvaluate = async (options: EvaluateOptions, output: CommandOutput): Promise<number> => {
  const question = readQuestion(options);
  const answer = question(await readPolicies(options));
  if (options.format === 'json') output.write(`${JSON.stringify(answer, null, 2)}\n`);
  else print(answer, output);
  if (options.expect === undefined) return 0;
  return (answer.decision === 'Allowed') === (options.expect === 'allowed') ? 0 : 1;
};

const readQuestion = (options: EvaluateOptions): ((policies: PolicySet) => Answer) => {
  const { principal, action, resource, call } = options;
  const resourceAccount =
    options.account ??
    /:(\d{12}):/.exec(principal)?.[1] ??
    (/^\d{12}$/.test(principal) ? principal : '111122223333');
  const context = readContext(options.context);
  if ((action === undefined) === (call === undefined))
    throw new UsageError('Ask with --action and --resource, or with --call: one of the two.');
  if (call === undefined) {
    if (action === undefined || resource === undefined) throw new UsageError('--action needs --resource.');
    return (policies) => {
      const evaluation = evaluate(
        { principal, action, resource, resourceAccount, context },
        behindAccessPoint(policies, resource),
      );
      return {
        decision: evaluation.decision,
        reason: evaluation.reason,
        actions: [{ action, resource, evaluation }],
      };
    };
  }
  return (policies) => {
    try {
      return evaluateCall(
        {
          operation: call,
          bucket: options.accessPoint ?? options.bucket ?? '',
          ...(options.key !== undefined && { key: options.key }),
          parameters: readParameters(options.parameter),
        },
        { principal, resourceAccount, context },
        policies,
      );
    } catch (error) {
      if (!(error instanceof ApiCallError)) throw error;
      throw new UsageError(error.message, { cause: error });
    }
  };
};

/** `key=value`, as often as given; a key that stands twice has several values. */
const readPairs = (pairs: readonly string[], flag: string): Map<string, [string, ...string[]]> => {
  const read = new Map<string, [string, ...string[]]>();
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    if (equals < 1) throw new UsageError(`${flag} takes name=value, not "${pair}".`);
    const name = pair.slice(0, equals);
    const value = pair.slice(equals + 1);
    const before = read.get(name);
    if (before === undefined) read.set(name, [value]);
    else before.push(value);
  }
  return read;
};

const readContext = (pairs: readonly string[]): RequestContext =>
  Object.fromEntries(
    [...readPairs(pairs, '--context')].map(([key, values]) => [
      key,
      values.length === 1 ? values[0] : values,
    ]),
  );

const readParameters = (pairs: readonly string[]): Record<string, string> =>
  Object.fromEntries([...readPairs(pairs, '--parameter')].map(([name, values]) => [name, values[0]]));

/** The bucket's side of a request on an access point is asked about the same key. */
const behindAccessPoint = (policies: PolicySet, resource: string): PolicySet => {
  const { accessPoint = null } = policies;
  if (accessPoint === null) return policies;
  const rest = resource.slice(accessPoint.arn.length).replace('/object', '');
  return { ...policies, accessPoint: { ...accessPoint, bucketResource: accessPoint.bucketResource + rest } };
};

const readOne = (file: string | undefined): Promise<PolicyDocument> | null =>
  file === undefined ? null : readPolicy(file);

/** No file is no policy of that kind, and not an empty list, under which nothing would be allowed. */
const readMany = (files: readonly string[]): Promise<PolicyDocument[]> | null =>
  files.length === 0 ? null : Promise.all(files.map(readPolicy));

const readPolicies = async (options: EvaluateOptions): Promise<PolicySet> => {
  const { accessPoint, accessPointPolicy, bucket = '' } = options;
  if (accessPointPolicy !== undefined && accessPoint === undefined)
    throw new UsageError('--access-point-policy needs --access-point.');
  return {
    identity: await Promise.all(options.identity.map(readPolicy)),
    group: await readMany(options.group),
    boundary: await readMany(options.boundary),
    session: await readOne(options.session),
    bucketPolicy: await readOne(options.bucketPolicy),
    trust: await readOne(options.trust),
    accessPoint:
      accessPoint === undefined
        ? null
        : {
            arn: accessPoint,
            policy: await readOne(accessPointPolicy),
            bucketResource: `arn:aws:s3:::${bucket}`,
          },
    vpcEndpoint: await readMany(options.vpcEndpoint),
    scp: await readMany(options.scp),
    rcp: await readMany(options.rcp),
    blockPublicAccess: options.blockPublicAccess === true,
  };
};

const print = ({ decision, reason, actions }: Answer, output: CommandOutput): void => {
  output.write(
    `${paint(decision, decision === 'Allowed' ? 'green' : 'red', output)}\n${printable(reason)}\n`,
  );
  for (const { action, resource, evaluation } of actions) {
    output.write(`\n${action} on ${printable(resource)}: ${evaluation.decision}\n`);
    const { decidedBy } = evaluation;
    for (const { policy, policyIndex, statementIndex, sid, sentence } of evaluation.trace) {
      const decides =
        decidedBy?.policy === policy &&
        decidedBy.policyIndex === policyIndex &&
        decidedBy.statementIndex === statementIndex;
      const name = `${policy}${policyIndex > 0 ? ` ${policyIndex + 1}` : ''}, statement ${statementIndex + 1}${sid === null ? '' : ` (${printable(sid)})`}`;
      output.write(`${decides ? '>' : ' '} ${name}: ${printable(sentence)}\n`);
    }
    for (const { sentence } of evaluation.uncertain) output.write(`? ${printable(sentence)}\n`);
  }
};
