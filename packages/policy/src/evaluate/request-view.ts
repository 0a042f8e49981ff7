import { splitArn } from '../match/arn.ts';
import type { AccessRequest, RequestContext } from './access-request.ts';
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

/**
 * Looks keys up without regard to case. Most are written as in the request, so the index of all keys is only made for one
 * that is not.
 */
const createLookup = (context: RequestContext): RequestView['valuesOf'] => {
  let index: Map<string, string> | null = null;
  const spelling = (key: string): string | undefined => {
    if (Object.hasOwn(context, key)) return key;
    index ??= new Map(Object.keys(context).map((each) => [each.toLowerCase(), each]));
    return index.get(key.toLowerCase());
  };
  return (key) => {
    const spelt = spelling(key);
    const values = spelt === undefined ? [] : textsOf(context[spelt]);
    return values.length > 0 ? values : null;
  };
};

/** @param resource where it is not the request's own: through an access point a request is also one for the bucket */
export const createRequestView = (request: AccessRequest, resource = request.resource): RequestView => {
  const valuesOf = createLookup(request.context);
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
