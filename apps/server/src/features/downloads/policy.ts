import type { AccessRule } from '../../kernel/access-rule.ts';

/** Whoever is in the team reads what is in its buckets. Of keys, those that see connections see no bytes. */
export const downloadPolicy = {
  list: { role: 'member', scope: 'transfers:read' },
  sign: { role: 'member', scope: 'transfers:read' },
  zip: { role: 'member', scope: 'transfers:read' },
} as const satisfies Record<string, AccessRule>;
