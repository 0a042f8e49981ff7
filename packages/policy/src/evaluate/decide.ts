import { firstAllow } from './apply-policies.ts';
import { firstDeny, identityAllow, type PolicyEffects } from './effects-of-policies.ts';
import type { Decision, StatementPlace, StatementTrace } from './evaluation.ts';
import { describePlace, policyNames } from './policy-names.ts';
import type { RequestView } from './request-view.ts';
import { quote } from './sentences.ts';

export interface Verdict {
  readonly decision: Decision;
  readonly decidedBy: StatementPlace | null;
  readonly reason: string;
}

/** What beside the policies has a say. */
export interface DecisionSetting {
  /** Block Public Access keeps this caller from all that the policy of the resource grants. */
  readonly shutOut: boolean;
  /** The caller's own account has agreed already: to the same request on the access point. */
  readonly callerAgreed: boolean;
}

const placeOf = ({ policy, policyIndex, statementIndex, sid }: StatementTrace): StatementPlace => ({
  policy,
  policyIndex,
  statementIndex,
  sid,
});

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const allowedBy = (trace: StatementTrace): Verdict => ({
  decision: 'Allowed',
  decidedBy: placeOf(trace),
  reason: sentence(`${describePlace(trace)} allows it.`),
});

/** By a rule of S3 and not by a statement. */
const allowedByRule = (reason: string): Verdict => ({ decision: 'Allowed', decidedBy: null, reason });

const implicit = (reason: string): Verdict => ({ decision: 'ImplicitlyDenied', decidedBy: null, reason });

/**
 * The root user of the owner can always mend the bucket policy, even one that denies everybody everything.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html
 */
const rescueActions = new Set(['s3:getbucketpolicy', 's3:putbucketpolicy', 's3:deletebucketpolicy']);

const isRescue = ({ principal, resourceAccount, foldedAction }: RequestView): boolean =>
  principal.kind === 'root' && principal.account === resourceAccount && rescueActions.has(foldedAction);

/** The kind of policy that bounds what the caller may do and does not allow this; null where none stands in the way. */
const bound = ({ boundary, session }: PolicyEffects): 'boundary' | 'session' | null => {
  if (boundary !== null && firstAllow(boundary) === null) return 'boundary';
  return session !== null && firstAllow(session) === null ? 'session' : null;
};

/** Organization and endpoint allow nothing by themselves, but must let the request pass. */
const gateShut = ({ scp, vpcEndpoint }: PolicyEffects): string | null => {
  if (scp.some((level) => firstAllow(level) === null))
    return 'A level of the organization has no service control policy that allows it.';
  return vpcEndpoint !== null && firstAllow(vpcEndpoint) === null
    ? 'The VPC endpoint policy does not allow it.'
    : null;
};

const asked = (view: RequestView): string => `${view.action} on ${quote(view.resource)}`;

const limited = (limit: 'boundary' | 'session', allow: StatementTrace): Verdict =>
  implicit(`${sentence(describePlace(allow))} allows it, but the ${policyNames[limit]} does not.`);

const unreached = (view: RequestView, { resource }: PolicyEffects): Verdict => {
  const its = policyNames[resource.kind];
  if (resource.allow.account !== undefined)
    return implicit(`The ${its} leaves it to the account, and no identity policy allows ${asked(view)}.`);
  const own = resource.kind === 'trust' ? '' : 'no identity policy and ';
  return implicit(sentence(`${own}no statement of the ${its} allows ${asked(view)}.`));
};

/** Callers of the account that owns the resource: their own policies or the resource's may allow. */
const decideInAccount = (view: RequestView, effects: PolicyEffects): Verdict => {
  const { direct, role, account } = effects.resource.allow;
  const trust = effects.resource.kind === 'trust';
  if (view.principal.kind === 'root' && !trust)
    return allowedByRule('The root user of the owning account may do what nothing denies.');
  // A trust policy must allow, if only by naming the account.
  const own = trust && account === undefined ? null : identityAllow(effects);
  const limit = bound(effects);
  if (own !== null && limit === null) return allowedBy(own);
  if (direct !== undefined) return allowedBy(direct);
  const behindLimit = own ?? role;
  if (behindLimit === undefined) return unreached(view, effects);
  return limit === null ? allowedBy(behindLimit) : limited(limit, behindLimit);
};

/** Callers of another account: it must allow, and the policy of the resource too. */
const decideAcrossAccounts = (view: RequestView, effects: PolicyEffects, callerAgreed: boolean): Verdict => {
  const granted = firstAllow(effects.resource);
  const its = policyNames[effects.resource.kind];
  if (granted === null)
    return implicit(`No statement of the ${its} allows ${asked(view)} to a caller of another account.`);
  if (callerAgreed || view.principal.kind === 'root') return allowedBy(granted);
  const own = identityAllow(effects);
  const limit = bound(effects);
  if (own !== null) return limit === null ? allowedBy(granted) : limited(limit, own);
  return implicit(`The ${its} allows it, but no policy of the caller's own account does.`);
};

/** Nobody and services have no policies of their own: the resource's alone decides. */
const decideForOutsiders = (view: RequestView, { resource }: PolicyEffects): Verdict =>
  resource.allow.direct === undefined
    ? implicit(`No statement of the ${policyNames[resource.kind]} allows ${asked(view)} to this caller.`)
    : allowedBy(resource.allow.direct);

/** Explicit, because no Allow could change it. */
const publicAccessBlocked: Verdict = {
  decision: 'ExplicitlyDenied',
  decidedBy: null,
  reason: 'Block Public Access keeps other accounts and the public out, because the policy is public.',
};

/**
 * Weighs what the policies say: a Deny wins, then every gate must be open, then somebody must allow.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export const decide = (view: RequestView, effects: PolicyEffects, setting: DecisionSetting): Verdict => {
  const deny = firstDeny(effects);
  const rescued = isRescue(view) && (deny === null || deny.policy === 'bucket');
  if (deny !== null && !rescued)
    return {
      decision: 'ExplicitlyDenied',
      decidedBy: placeOf(deny),
      reason: `${sentence(describePlace(deny))} denies it. ${deny.sentence}`,
    };
  const shut = gateShut(effects);
  if (shut !== null) return implicit(shut);
  if (rescued)
    return allowedByRule('The root user of the owner can always read, replace and delete the bucket policy.');
  const { account } = view.principal;
  if (account === view.resourceAccount) return decideInAccount(view, effects);
  const verdict =
    account === null
      ? decideForOutsiders(view, effects)
      : decideAcrossAccounts(view, effects, setting.callerAgreed);
  return verdict.decision === 'Allowed' && setting.shutOut ? publicAccessBlocked : verdict;
};
