import type { AccessRule } from '../../../kernel/access-rule.ts';

/**
 * Who may do what at the order desk: everybody in the team works on orders; what loses something, and what the whole team
 * sees or reckons with, is an admin's. Fetching files changes an order too (`downloaded`), but for single ones.
 */
export const deskPolicy = {
  read: { role: 'member', scope: 'drops:read' },
  fetchFiles: { role: 'member', scope: 'drops:read' },
  move: { role: 'member', scope: 'drops:write' },
  zip: { role: 'member', scope: 'drops:write' },
  note: { role: 'member', scope: 'drops:write' },
  mail: { role: 'member', scope: 'drops:write' },
  clone: { role: 'member', scope: 'drops:write' },
  delete: { role: 'admin', scope: 'drops:write' },
  nameStates: { role: 'admin', scope: 'drops:write' },
  setPrices: { role: 'admin', scope: 'drops:write' },
} as const satisfies Record<string, AccessRule>;
