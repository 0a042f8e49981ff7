import { IamError } from '../iam/iam-error.ts';
import { oidcProviderActions } from './oidc-provider-actions.ts';
import { policyActions } from './policy-actions.ts';
import { queryServices } from './query-call.ts';
import type { QueryAction, QueryService } from './query-call.ts';
import { roleActions } from './role-actions.ts';
import { simulateActions } from './simulate-actions.ts';
import { stsActions } from './sts-actions.ts';
import { userActions } from './user-actions.ts';

const actions: Readonly<Record<QueryService, ReadonlyMap<string, QueryAction>>> = {
  iam: byName([...userActions, ...policyActions, ...roleActions, ...oidcProviderActions, ...simulateActions]),
  sts: byName(stsActions),
};

function byName(all: readonly QueryAction[]): ReadonlyMap<string, QueryAction> {
  return new Map(all.map((action) => [action.name, action]));
}

/** Which of the services a version means; no two actions here share a name, so without one the name tells. */
const serviceNames: readonly QueryService[] = ['iam', 'sts'];

/** Throws InvalidAction for an action or version that is not there. */
export function findAction(
  name: string | undefined,
  version: string | undefined,
): { service: QueryService; action: QueryAction } {
  for (const service of serviceNames) {
    const action = actions[service].get(name ?? '');
    if (action !== undefined && (version === undefined || version === queryServices[service].version)) {
      return { service, action };
    }
  }
  throw new IamError(
    'InvalidAction',
    `Could not find operation ${(name ?? '').slice(0, 100)} for version ${(version ?? 'NO_VERSION_SPECIFIED').slice(0, 40)}`,
  );
}
