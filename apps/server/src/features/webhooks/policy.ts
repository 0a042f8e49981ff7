import type { AccessRule } from '../../kernel/access-rule.ts';

/** Who may do what with webhooks: admins, as with API keys. An address often holds a token of its receiver, so members do not see it. */
export const webhookPolicy = {
  read: { role: 'admin', scope: 'webhooks:read' },
  write: { role: 'admin', scope: 'webhooks:write' },
  rotateSecret: { role: 'admin', scope: 'webhooks:write' },
  send: { role: 'admin', scope: 'webhooks:write' },
} as const satisfies Record<string, AccessRule>;
