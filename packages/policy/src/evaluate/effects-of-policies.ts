import type { PolicySet } from './access-request.ts';
import { applyPolicies, firstAllow, type Effects, type Ledger } from './apply-policies.ts';
import { listOf } from './element-values.ts';
import type { StatementTrace } from './evaluation.ts';
import { isServiceLinked } from './principal.ts';
import type { RequestView } from './request-view.ts';

/** The policy of the resource, of one of these kinds. */
export interface ResourcePolicy {
  readonly kind: 'bucket' | 'accessPoint' | 'trust';
  readonly document: unknown;
}

/** What all policies do to one request. Null where no policy of the kind has a say. */
export interface PolicyEffects {
  readonly identity: readonly Effects[];
  readonly boundary: Effects | null;
  readonly session: Effects | null;
  readonly resource: Effects;
  readonly vpcEndpoint: Effects | null;
  /** A level of the organization each. */
  readonly scp: readonly Effects[];
  readonly rcp: readonly Effects[];
}

/** Levels of an organization; a plain list of policies is one level. */
const levelsOf = (policies: unknown): readonly (readonly unknown[])[] => {
  const items = listOf(policies);
  if (items.length === 0) return [];
  return items.some((item) => Array.isArray(item)) ? items.map(listOf) : [items];
};

/** Policies hang on users, roles and accounts; on nobody and on services none does. */
const hasOwnPolicies = ({ principal }: RequestView): boolean =>
  principal.kind !== 'anonymous' && principal.kind !== 'outside';

export const effectsOfPolicies = (
  view: RequestView,
  policies: PolicySet,
  resourcePolicy: ResourcePolicy,
  ledger: Ledger,
): PolicyEffects => {
  const own = hasOwnPolicies(view);
  const boundary = own ? listOf(policies.boundary) : [];
  const apply = (kind: Effects['kind'], documents: readonly unknown[], firstIndex = 0): Effects =>
    applyPolicies(kind, documents, view, boundary.length > 0, ledger, firstIndex);
  const optional = (kind: Effects['kind'], documents: readonly unknown[]): Effects | null =>
    documents.length === 0 ? null : apply(kind, documents);
  const levels = (kind: 'scp' | 'rcp', given: unknown): Effects[] => {
    let index = 0;
    return levelsOf(given).map((documents) => {
      index += documents.length;
      return apply(kind, documents, index - documents.length);
    });
  };
  const organized = !isServiceLinked(view.principal);
  return {
    identity: own
      ? [apply('identity', listOf(policies.identity)), apply('group', listOf(policies.group))]
      : [],
    boundary: optional('boundary', boundary),
    session: own ? optional('session', listOf(policies.session)) : null,
    resource: apply(resourcePolicy.kind, listOf(resourcePolicy.document)),
    vpcEndpoint: optional('vpcEndpoint', listOf(policies.vpcEndpoint)),
    scp: own && organized ? levels('scp', policies.scp) : [],
    rcp: organized ? levels('rcp', policies.rcp) : [],
  };
};

/** The first Deny there is, in the order in which AWS names the kinds. */
export const firstDeny = (effects: PolicyEffects): StatementTrace | null => {
  const { scp, rcp, vpcEndpoint, boundary, session, identity, resource } = effects;
  for (const each of [...scp, ...rcp, vpcEndpoint, boundary, session, ...identity, resource])
    if (each !== null && each.deny !== null) return each.deny;
  return null;
};

/** The first Allow of the caller's own policies. */
export const identityAllow = ({ identity }: PolicyEffects): StatementTrace | null => {
  for (const effects of identity) {
    const allow = firstAllow(effects);
    if (allow !== null) return allow;
  }
  return null;
};
