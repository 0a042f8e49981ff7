import type { AccessRule } from '../../kernel/access-rule.ts';

/** Who may do what with sources: everybody in the team sees and uses them, admins shape them. Whoever
 * replaces a picture has to throw the old one away, so a purge is use: it costs renders and loses nothing. */
export const sourcePolicy = {
  read: { role: 'member', scope: 'sources:read' },
  listObjects: { role: 'member', scope: 'sources:read' },
  buildUrl: { role: 'member', scope: 'sources:read' },
  purge: { role: 'member', scope: 'sources:write' },
  write: { role: 'admin', scope: 'sources:write' },
  delete: { role: 'admin', scope: 'sources:write' },
  rotateKeys: { role: 'admin', scope: 'sources:write' },
} as const satisfies Record<string, AccessRule>;
