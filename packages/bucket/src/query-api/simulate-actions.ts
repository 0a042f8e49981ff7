import type { Evaluation } from '@windlass/policy';
import { userArn } from '../iam/arns.ts';
import type { Trial, TrialPrincipal } from '../iam/bucket-iam.ts';
import { IamError } from '../iam/iam-error.ts';
import type { XmlElements } from '../xml/write-xml.ts';
import type { QueryAction, QueryCall } from './query-call.ts';

/** Each pair of action and resource is one evaluation. */
const maximumTrials = 200;

const decisionWords = {
  Allowed: 'allowed',
  ExplicitlyDenied: 'explicitDeny',
  ImplicitlyDenied: 'implicitDeny',
} as const satisfies Record<Evaluation['decision'], string>;

/** Throws InvalidInput for what is no user or role of this account. */
function principalOf({ parameters, services }: QueryCall): TrialPrincipal {
  const arn = parameters.required('PolicySourceArn');
  const user = services.iam.listUsers().find((each) => each.arn === arn);
  if (user !== undefined) return { user: user.name };
  const role = services.iam.listRoles().find((each) => each.arn === arn);
  if (role !== undefined) return { role: role.name };
  throw new IamError('NoSuchEntity', `The entity ${arn.slice(0, 200)} cannot be found.`);
}

/** `ContextEntries.member.N` with its key name and values. */
function contextOf({ parameters }: QueryCall): Record<string, string[]> {
  const context: Record<string, string[]> = {};
  for (let index = 1; ; index++) {
    const entry = `ContextEntries.member.${index}`;
    const name = parameters.optional(`${entry}.ContextKeyName`);
    if (name === undefined) return context;
    context[name] = parameters.list(`${entry}.ContextKeyValues`);
  }
}

const resultElements = ({ action, resource }: Trial, evaluation: Evaluation): XmlElements => ({
  EvalActionName: action,
  EvalResourceName: resource,
  EvalDecision: decisionWords[evaluation.decision],
  MatchedStatements: {
    member: evaluation.trace
      .filter(({ matched }) => matched)
      .map(({ policy, policyIndex }) => ({
        SourcePolicyId: `${policy}-${policyIndex}`,
        SourcePolicyType: policy === 'bucket' ? 'resource' : 'user',
      })),
  },
  MissingContextValues: undefined,
});

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html : on the policies that are attached. */
export const simulateActions: readonly QueryAction[] = [
  {
    name: 'SimulatePrincipalPolicy',
    resource: ({ parameters }) => parameters.optional('PolicySourceArn') ?? userArn('*'),
    handle: (call) => {
      const { parameters, services } = call;
      const principal = principalOf(call);
      const context = contextOf(call);
      const resources = parameters.list('ResourceArns');
      const trials = parameters.list('ActionNames').flatMap((action) =>
        (resources.length === 0 ? ['*'] : resources).map((resource): Trial => ({
          principal,
          action,
          resource,
          context,
        })),
      );
      if (trials.length === 0 || trials.length > maximumTrials) {
        throw new IamError('InvalidInput', `Between 1 and ${maximumTrials} pairs of action and resource.`);
      }
      return {
        EvaluationResults: {
          member: trials.map((trial) => resultElements(trial, services.iam.tryRequest(trial))),
        },
        IsTruncated: false,
      };
    },
  },
];
