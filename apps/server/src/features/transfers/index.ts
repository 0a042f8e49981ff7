export { createTransfersService } from './service.ts';
export { registerTransferRoutes } from './routes.ts';
export type { TransfersService } from './transfers-service.ts';
export {
  holderKinds,
  type Grant,
  type GrantHolder,
  type HolderKind,
  type LimitsNow,
  type NewGrant,
} from './grant.ts';
export type { GrantUploads, WantedFile } from './grant-uploads.ts';
export type { LedgerFile, OnMissing, OnReceived } from './ledger-file.ts';
export { lapsedBefore } from './url-times.ts';
export { janitorQueue, reconcileQueue } from './queues.ts';
export { isOwnObject, type ExpectedObject, type ObjectFacts } from './is-own-object.ts';
export type { RemovableObject, Removal, RemovalOutcome } from './remove-objects.ts';
