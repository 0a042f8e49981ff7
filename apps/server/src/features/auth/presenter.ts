import type { Me, Membership, Session, SessionId } from '@windlass/contract';
import type { SessionRow } from './session-store.ts';
import type { UserRow } from './user-store.ts';

export const presentMe = (user: UserRow, memberships: Membership[]): Me => ({
  user: {
    id: user.id,
    email: user.email,
    name: user.name,
    createdAt: user.createdAt.toISOString(),
    hasPassword: user.passwordHash !== null,
  },
  memberships,
});

export const presentSession = (session: SessionRow, current: SessionId): Session => ({
  id: session.id,
  createdAt: session.createdAt.toISOString(),
  lastSeenAt: session.lastSeenAt.toISOString(),
  expiresAt: session.expiresAt.toISOString(),
  address: session.address,
  userAgent: session.userAgent,
  current: session.id === current,
});
