import type {
  ConnectionId,
  NameConflict,
  OrderId,
  TeamId,
  UploadGrantId,
  UploadLimits,
  UserId,
} from '@windlass/contract';
import type { Database } from '../../platform/db/index.ts';

/** For whom files are taken; its kind decides which feature hears of what was received. */
export type GrantHolder = { kind: 'team' } | { kind: 'order'; orderId: OrderId };

/** What somebody may upload, and where to. Whoever has its token is the uploader; there is nobody else to ask. */
export interface Grant {
  id: UploadGrantId;
  teamId: TeamId;
  connectionId: ConnectionId;
  /** Below the connection's own prefix; every key of the grant begins with it. */
  prefix: string;
  limits: UploadLimits;
  onConflict: NameConflict;
  holder: GrantHolder;
  /** Under way or received, when the grant was read. */
  files: number;
  /** Of these, in bytes. */
  bytes: number;
  /** Null for an order, or once the person is gone. */
  madeBy: UserId | null;
  createdAt: Date;
  expiresAt: Date;
  /** Since when nothing more may be uploaded, although the time is not over. */
  endedAt: Date | null;
}

/**
 * What a grant takes at this moment, in the transaction that gives out tickets and holds the grant: its own limits, or less
 * where its holder shares a quota with others. `bytes` of the grant are those under way or received. It throws the AppError that
 * says why its holder takes nothing more at all.
 */
export type LimitsNow = (trx: Database, grant: Grant) => Promise<UploadLimits>;

/** A grant to be made. */
export interface NewGrant {
  teamId: TeamId;
  connectionId: ConnectionId;
  /** Below the connection's own prefix: empty, or with a slash at its end. */
  prefix: string;
  limits: UploadLimits;
  onConflict: NameConflict;
  expiresAt: Date;
  holder: GrantHolder;
  madeBy: UserId | null;
}
