import type { AccessRule } from '../../kernel/access-rule.ts';

/** Who may do what with order pages: everybody in the team sees them, admins shape them. */
export const dropPolicy = {
  read: { role: 'member', scope: 'drops:read' },
  write: { role: 'admin', scope: 'drops:write' },
  checkRetention: { role: 'admin', scope: 'drops:write' },
  delete: { role: 'admin', scope: 'drops:write' },
} as const satisfies Record<string, AccessRule>;
