import type { PolicyKind } from '@windlass/policy';
import { UsageError } from '../usage-error.ts';

/** Names under which people know each kind of policy; case, dashes, underscores and spaces do not count. */
const names: Readonly<Record<PolicyKind, readonly string[]>> = {
  identity: ['identity', 'user', 'role', 'inline', 'managed'],
  group: ['group'],
  boundary: ['boundary', 'permissions-boundary'],
  session: ['session'],
  bucket: ['bucket', 'resource', 'bucket-policy'],
  accessPoint: ['access-point', 'ap'],
  vpcEndpoint: ['vpc-endpoint', 'vpce', 'endpoint'],
  scp: ['scp', 'service-control-policy'],
  rcp: ['rcp', 'resource-control-policy'],
  trust: ['trust', 'assume-role', 'role-trust'],
};

const folded = (name: string): string => name.toLowerCase().replaceAll(/[-_\s]/g, '');

// Object.entries loses the keys' type; they are those of the record above.
const byName = new Map(
  (Object.entries(names) as [PolicyKind, readonly string[]][]).flatMap(([kind, all]) =>
    all.map((name) => [folded(name), kind] as const),
  ),
);

/** The kinds as help texts list them. */
export const kindNames: string = Object.values(names)
  .map(([first]) => first)
  .join(', ');

/** Throws a UsageError that lists the kinds. */
export const policyKindOf = (name: string): PolicyKind => {
  const kind = byName.get(folded(name));
  if (kind === undefined) throw new UsageError(`There is no kind of policy "${name}". Kinds: ${kindNames}.`);
  return kind;
};
