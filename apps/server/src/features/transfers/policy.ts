import type { AccessRule } from '../../kernel/access-rule.ts';

/** Who may do what with transfers of a team: uploading is everybody's work, and so is calling off what went wrong. */
export const transferPolicy = {
  read: { role: 'member', scope: 'transfers:read' },
  grant: { role: 'member', scope: 'transfers:write' },
  revoke: { role: 'member', scope: 'transfers:write' },
  abort: { role: 'member', scope: 'transfers:write' },
} as const satisfies Record<string, AccessRule>;
