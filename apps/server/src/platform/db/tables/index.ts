import type { AuthTables } from './auth.ts';
import type { ConnectionTables } from './connections.ts';
import type { DemoTables } from './demo.ts';
import type { DownloadTables } from './downloads.ts';
import type { DropTables } from './drops.ts';
import type { IdempotencyTables } from './idempotency.ts';
import type { IdentityTables } from './identity-keys.ts';
import type { ProvisioningTables } from './provisioning.ts';
import type { SourceTables } from './sources.ts';
import type { TeamTables } from './teams.ts';
import type { TransferTables } from './transfers.ts';
import type { WebhookTables } from './webhooks.ts';

/** Every table of the schema, one interface a feature. */
export type Tables = AuthTables &
  TeamTables &
  ConnectionTables &
  SourceTables &
  IdempotencyTables &
  DemoTables &
  IdentityTables &
  WebhookTables &
  ProvisioningTables &
  DownloadTables &
  DropTables &
  TransferTables;
