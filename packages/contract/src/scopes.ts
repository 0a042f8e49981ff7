import { z } from 'zod';

/** What an API key may be allowed: `noun:read` or `noun:write`; write includes read. */
export const scopes = [
  'team:read',
  'team:write',
  'connections:read',
  'connections:write',
  'sources:read',
  'sources:write',
  'transfers:read',
  'transfers:write',
  'drops:read',
  'drops:write',
  'webhooks:read',
  'webhooks:write',
] as const;
export const scope = z.enum(scopes);
export type Scope = (typeof scopes)[number];

export const roles = ['owner', 'admin', 'member'] as const;
export const role = z.enum(roles);
export type Role = (typeof roles)[number];
