import type { AccessRule } from '../../kernel/access-rule.ts';

/** Who may do what in the account of the embedded bucket: owners, since whoever hands out rights there has them all. */
export const embeddedBucketPolicy = {
  read: { role: 'owner', scope: 'connections:read' },
  write: { role: 'owner', scope: 'connections:write' },
} as const satisfies Record<string, AccessRule>;
