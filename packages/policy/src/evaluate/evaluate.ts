import { accountOfArn } from '../match/arn.ts';
import type { AccessRequest, PolicySet } from './access-request.ts';
import type { Ledger } from './apply-policies.ts';
import { decide, type Verdict } from './decide.ts';
import { effectsOfPolicies, type ResourcePolicy } from './effects-of-policies.ts';
import { listOf, recordOf } from './element-values.ts';
import type { Evaluation, StatementTrace } from './evaluation.ts';
import { describePlace } from './policy-names.ts';
import { isAccountId } from './principal.ts';
import { isPublicStatement } from './public-statement.ts';
import { createRequestView, type RequestView } from './request-view.ts';

/**
 * RestrictPublicBuckets: under a public policy only the owner's account and AWS services get in, whoever else it names.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
const isShutOut = (view: RequestView, policies: PolicySet, { document }: ResourcePolicy): boolean =>
  policies.blockPublicAccess === true &&
  view.principal.kind !== 'outside' &&
  view.principal.account !== view.resourceAccount &&
  listOf(recordOf(document)?.['Statement']).some(isPublicStatement);

const judge = (
  view: RequestView,
  policies: PolicySet,
  resourcePolicy: ResourcePolicy,
  ledger: Ledger,
  callerAgreed = false,
): Verdict =>
  decide(view, effectsOfPolicies(view, policies, resourcePolicy, ledger), {
    shutOut: isShutOut(view, policies, resourcePolicy),
    callerAgreed,
  });

/** Through an access point it and the bucket must both allow; a Deny on either side wins. */
const judgeThroughAccessPoint = (
  request: AccessRequest,
  policies: PolicySet,
  accessPoint: NonNullable<PolicySet['accessPoint']>,
  ledger: Ledger,
): Verdict => {
  const account = accountOfArn(accessPoint.arn);
  const owned = { ...request, resourceAccount: isAccountId(account) ? account : request.resourceAccount };
  const atPoint = judge(
    createRequestView(owned),
    policies,
    { kind: 'accessPoint', document: accessPoint.policy },
    ledger,
  );
  const atBucket = judge(
    createRequestView(request, accessPoint.bucketResource),
    policies,
    { kind: 'bucket', document: policies.bucketPolicy },
    ledger,
    atPoint.decision === 'Allowed',
  );
  if (atPoint.decision === 'ExplicitlyDenied' || atBucket.decision === 'Allowed') return atPoint;
  if (atBucket.decision === 'ExplicitlyDenied' || atPoint.decision === 'Allowed')
    return { ...atBucket, reason: `At the bucket behind the access point: ${atBucket.reason}` };
  return atPoint;
};

/**
 * The Allow that failed by the least: about this action, and with the most parts that match. Somebody meant it for such a
 * request, so that what it fails by is what the person looks for.
 */
const nearMiss = (trace: readonly StatementTrace[]): StatementTrace | null => {
  let nearest: StatementTrace | null = null;
  let most = 0;
  for (const statement of trace) {
    if (statement.effect !== 'Allow' || statement.matched) continue;
    if (statement.parts.some(({ part, matched }) => part === 'action' && !matched)) continue;
    const matching = statement.parts.filter(({ matched }) => matched).length / statement.parts.length;
    if (matching > most) [nearest, most] = [statement, matching];
  }
  return nearest;
};

const withNearMiss = (reason: string, trace: readonly StatementTrace[]): string => {
  const nearest = nearMiss(trace);
  return nearest === null ? reason : `${reason} Nearest is ${describePlace(nearest)}: ${nearest.sentence}`;
};

/**
 * What IAM and S3 answer to a request, and why: every statement with every part of it. Pure, and in time that grows with
 * the length of the policies alone; it never throws, whatever the policies are. Statements that IAM would not take count
 * for nothing, and are listed in `uncertain`.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 *
 * @example
 * evaluate(
 *   {
 *     principal: 'arn:aws:iam::111122223333:user/ann',
 *     action: 's3:GetObject',
 *     resource: 'arn:aws:s3:::media/a.jpg',
 *     resourceAccount: '111122223333',
 *     context: {},
 *   },
 *   { identity: [{ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:Get*', Resource: '*' } }] },
 * ).decision // 'Allowed'
 */
export const evaluate = (request: AccessRequest, policies: PolicySet): Evaluation => {
  const ledger: Ledger = { trace: [], uncertain: [] };
  const { accessPoint, trust } = policies;
  const { decision, decidedBy, reason } =
    accessPoint === undefined || accessPoint === null
      ? judge(
          createRequestView(request),
          policies,
          trust === undefined || trust === null
            ? { kind: 'bucket', document: policies.bucketPolicy }
            : { kind: 'trust', document: trust },
          ledger,
        )
      : judgeThroughAccessPoint(request, policies, accessPoint, ledger);
  const told = decision === 'ImplicitlyDenied' ? withNearMiss(reason, ledger.trace) : reason;
  return { decision, decidedBy, reason: told, uncertain: ledger.uncertain, trace: ledger.trace };
};
