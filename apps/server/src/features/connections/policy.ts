import type { AccessRule } from '../../kernel/access-rule.ts';

/** Who may do what with connections: everybody in the team sees them, owners answer for the bucket. */
export const connectionPolicy = {
  read: { role: 'member', scope: 'connections:read' },
  write: { role: 'owner', scope: 'connections:write' },
  check: { role: 'owner', scope: 'connections:write' },
  rotate: { role: 'owner', scope: 'connections:write' },
  replaceCredentials: { role: 'owner', scope: 'connections:write' },
  delete: { role: 'owner', scope: 'connections:write' },
} as const satisfies Record<string, AccessRule>;
