import type { PolicySet } from '../evaluate/access-request.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import type { Decision, Evaluation } from '../evaluate/evaluation.ts';
import { accountOfArn, splitArn } from '../match/arn.ts';
import type { ApiCall, RequiredAction } from './api-call.ts';
import { callerContext, type Caller } from './caller.ts';
import { requiredActions } from './required-actions.ts';

export interface ActionVerdict extends RequiredAction {
  readonly evaluation: Evaluation;
}

/** The answer to a call: the worst of the answers to the actions that it needs. */
export interface CallEvaluation {
  readonly decision: Decision;
  /** Of the action that decided, e.g. `s3:PutObjectTagging (the header x-amz-tagging sets tags): no …`. */
  readonly reason: string;
  /** In the order in which S3 would come to them. */
  readonly actions: readonly ActionVerdict[];
}

const worstFirst: readonly Decision[] = ['ExplicitlyDenied', 'ImplicitlyDenied', 'Allowed'];

/** The bucket's side of a request on an access point: the same key, under the bucket's own ARN. */
const behind = (resource: string, accessPoint: NonNullable<PolicySet['accessPoint']>): string => {
  const slash = accessPoint.bucketResource.indexOf('/');
  const bucket = slash < 0 ? accessPoint.bucketResource : accessPoint.bucketResource.slice(0, slash);
  const key = resource.slice(accessPoint.arn.length).replace('/object', '');
  return bucket + key;
};

/** The policies that have a say in one action: those of the bucket have none in keys of KMS, nor in the source of a copy. */
const policiesFor = ({ action, resource }: RequiredAction, call: ApiCall, policies: PolicySet): PolicySet => {
  const { accessPoint = null } = policies;
  const here = accessPoint?.arn ?? call.bucket;
  const inBucket = [here, `arn:${splitArn(resource)?.[1] ?? 'aws'}:s3:::${here}`].some(
    (base) => resource === base || resource.startsWith(`${base}/`),
  );
  if (action.startsWith('s3:') && inBucket)
    return accessPoint === null
      ? policies
      : { ...policies, accessPoint: { ...accessPoint, bucketResource: behind(resource, accessPoint) } };
  return { ...policies, bucketPolicy: null, accessPoint: null };
};

const verdictOn = (
  need: RequiredAction,
  call: ApiCall,
  caller: Caller,
  policies: PolicySet,
): ActionVerdict => {
  const { resourceAccount, principal } = caller;
  const accessPointArn = policies.accessPoint?.arn;
  const throughPoint: Record<string, string> =
    accessPointArn !== undefined && need.resource.startsWith(accessPointArn)
      ? { 's3:DataAccessPointArn': accessPointArn, 's3:DataAccessPointAccount': accountOfArn(accessPointArn) }
      : {};
  return {
    ...need,
    evaluation: evaluate(
      {
        principal,
        action: need.action,
        resource: need.resource,
        // A KMS key says in its ARN whose it is; a bucket does not.
        resourceAccount: (need.action.startsWith('kms:') && accountOfArn(need.resource)) || resourceAccount,
        context: { ...callerContext(caller), ...throughPoint, ...need.context, ...caller.context },
      },
      policiesFor(need, call, policies),
    ),
  };
};

/**
 * What S3 answers to a call. The policy of a KMS key is not known here; it is taken to leave its use to the account, as
 * the console writes it. For a bucket behind an access point `call.bucket` is the ARN of the access point.
 *
 * @throws ApiCallError as `requiredActions` does
 * @example
 * evaluateCall(
 *   { operation: 'HeadObject', bucket: 'media', key: 'a.jpg' },
 *   { principal: 'arn:aws:iam::111122223333:user/ann', resourceAccount: '111122223333' },
 *   { identity: [policy] },
 * ).decision
 */
export const evaluateCall = (call: ApiCall, caller: Caller, policies: PolicySet): CallEvaluation => {
  const partition = splitArn(caller.principal)?.[1] ?? 'aws';
  const actions = requiredActions(call, partition).map((need) => verdictOn(need, call, caller, policies));
  const decision =
    worstFirst.find((each) => actions.some(({ evaluation }) => evaluation.decision === each)) ?? 'Allowed';
  const decisive = actions.find(({ evaluation }) => evaluation.decision === decision);
  const because = decisive?.because === undefined ? '' : ` (${decisive.because})`;
  return {
    decision,
    reason: decisive === undefined ? '' : `${decisive.action}${because}: ${decisive.evaluation.reason}`,
    actions,
  };
};
