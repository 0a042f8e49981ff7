import { splitArn } from '../match/arn.ts';
import type { AccessRequest } from './access-request.ts';
import { textsOf } from './element-values.ts';
import { readPrincipal, type Principal } from './principal.ts';

/** A request, read once and then asked by every statement. */
export interface RequestView {
  readonly action: string;
  /** In lower case: actions are compared without regard to case. */
  readonly foldedAction: string;
  readonly resource: string;
  /** Null for `*`, the resource of actions that have none. */
  readonly resourceFields: readonly string[] | null;
  readonly principal: Principal;
  readonly resourceAccount: string;
  /** Values of a condition key, however it is spelt; null where the request has none. */
  readonly valuesOf: (key: string) => readonly string[] | null;
}

/** @param resource where it is not the request's own: through an access point a request is also one for the bucket */
export const createRequestView = (request: AccessRequest, resource = request.resource): RequestView => {
  const context = new Map<string, readonly string[]>();
  for (const [key, value] of Object.entries(request.context)) {
    const values = textsOf(value);
    if (values.length > 0) context.set(key.toLowerCase(), values);
  }
  const valuesOf = (key: string): readonly string[] | null => context.get(key.toLowerCase()) ?? null;
  return {
    action: request.action,
    foldedAction: request.action.toLowerCase(),
    resource,
    resourceFields: resource === '*' ? null : splitArn(resource),
    principal: readPrincipal(request.principal, valuesOf('aws:PrincipalArn')?.[0] ?? null),
    resourceAccount: request.resourceAccount,
    valuesOf,
  };
};
