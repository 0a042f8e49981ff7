import type { AccessRule } from '../../kernel/access-rule.ts';

/** Who may do what with sources: everybody in the team sees and uses them, admins shape them. */
export const sourcePolicy = {
  read: { role: 'member', scope: 'sources:read' },
  listObjects: { role: 'member', scope: 'sources:read' },
  buildUrl: { role: 'member', scope: 'sources:read' },
  write: { role: 'admin', scope: 'sources:write' },
  delete: { role: 'admin', scope: 'sources:write' },
  rotateKeys: { role: 'admin', scope: 'sources:write' },
} as const satisfies Record<string, AccessRule>;
