import type { Statement } from '../../packages/policy/src/document/policy-document.ts';
import { accountOfPrincipal } from '../../packages/policy/src/evaluate/match-principal.ts';
import { recordOf, textsOf } from '../../packages/policy/src/evaluate/element-values.ts';
import type { Decision, Evaluation, PartTrace } from '../../packages/policy/src/evaluate/evaluation.ts';
import { accountOfArn } from '../../packages/policy/src/match/arn.ts';
import type { Case } from './random-case.ts';

export interface Difference extends Case {
  readonly ours: Evaluation;
  readonly oracle: Decision;
}

/** A kind of case in which the oracle is wrong, or AWS leaves the answer open. */
export interface Disagreement {
  readonly id: string;
  readonly explanation: string;
  /** The AWS page that settles it. */
  readonly source: string;
  readonly covers: (difference: Difference) => boolean;
}

const isRoot = ({ request }: Difference): boolean => request.principal.endsWith(':root');

/** The statement of the bucket policy that decided ours; null where another policy did. */
const decisiveInBucket = ({ ours, policies }: Difference): Statement | null => {
  if (ours.decidedBy?.policy !== 'bucket') return null;
  const statements = [policies.bucketPolicy?.Statement ?? []].flat();
  return statements[ours.decidedBy.statementIndex] ?? null;
};

const namesAccountOfCaller = (element: unknown, { request }: Difference): boolean =>
  textsOf(recordOf(element)?.['AWS']).some(
    (value) => accountOfPrincipal(value) === accountOfArn(request.principal),
  );

const isMissingAnyValueIfExists = ({ operator = '', absent }: PartTrace): boolean =>
  absent !== undefined && operator.startsWith('ForAnyValue:') && operator.endsWith('IfExists');

const isSingleAddressExcluded = ({ operator = '', sentence }: PartTrace): boolean =>
  operator.startsWith('NotIpAddress') && sentence.includes('"203.0.113.10"');

export const disagreements: readonly Disagreement[] = [
  {
    id: 'root-needs-no-policy',
    explanation:
      'The root user of an account may do everything in it, with no policy at all; the oracle asks for one.',
    source:
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html',
    covers: (difference) =>
      isRoot(difference) &&
      difference.oracle === 'ImplicitlyDenied' &&
      // What Block Public Access stops would be allowed without it.
      (difference.ours.decision === 'Allowed' || difference.ours.reason.startsWith('Block Public Access')),
  },
  {
    id: 'root-mends-the-bucket-policy',
    explanation: 'No bucket policy keeps the root user of the owner from reading, replacing and deleting it.',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html',
    covers: (difference) =>
      isRoot(difference) &&
      difference.request.action === 's3:PutBucketPolicy' &&
      difference.ours.decision !== 'ExplicitlyDenied' &&
      difference.oracle === 'ExplicitlyDenied',
  },
  {
    id: 'not-principal-account-spares-root-only',
    explanation:
      'An account in the NotPrincipal of a Deny spares its root user; its users and roles must be listed themselves.',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html',
    covers: (difference) =>
      difference.ours.decision === 'ExplicitlyDenied' &&
      namesAccountOfCaller(decisiveInBucket(difference)?.NotPrincipal, difference),
  },
  {
    id: 'session-and-everybody-pass-the-session-policy',
    explanation:
      'What a resource policy of the same account grants to the session itself or to everybody, neither a boundary nor a session policy limits; the oracle lets session policies limit it.',
    source:
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html',
    covers: (difference) => {
      const principal = decisiveInBucket(difference)?.Principal;
      return (
        difference.ours.decision === 'Allowed' &&
        difference.oracle === 'ImplicitlyDenied' &&
        difference.policies.session !== null &&
        (principal === '*' ||
          textsOf(principal?.['AWS']).some(
            (value) => value === '*' || value === difference.request.principal,
          ))
      );
    },
  },
  {
    id: 'if-exists-of-any-value',
    explanation:
      'IfExists makes a condition true when the key is missing, after ForAnyValue too; the oracle then takes it for false.',
    source:
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IfExists',
    covers: ({ ours }) =>
      ours.trace.some(({ matched, parts }) => matched && parts.some(isMissingAnyValueIfExists)),
  },
  {
    id: 'address-of-the-other-family',
    explanation:
      'An IPv6 address is outside every IPv4 range, also one of a single address; the oracle takes NotIpAddress for false there.',
    source:
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress',
    covers: ({ ours, request }) =>
      textsOf(request.context['aws:SourceIp']).some((address) => address.includes(':')) &&
      ours.trace.some(({ matched, parts }) => matched && parts.some(isSingleAddressExcluded)),
  },
];
