import type { Role, Scope } from '@windlass/contract';

/** One row of a feature's policy table: the least role a person needs, and the scope an API key needs. */
export interface AccessRule {
  role: Role;
  scope: Scope;
}
