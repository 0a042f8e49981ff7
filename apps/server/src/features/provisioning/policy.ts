import type { AccessRule } from '../../kernel/access-rule.ts';

/** Who may do what: whoever answers for the bucket. Everybody in the team sees what was made. */
export const provisioningPolicy = {
  read: { role: 'member', scope: 'connections:read' },
  plan: { role: 'owner', scope: 'connections:write' },
  apply: { role: 'owner', scope: 'connections:write' },
  undo: { role: 'owner', scope: 'connections:write' },
} as const satisfies Record<string, AccessRule>;
