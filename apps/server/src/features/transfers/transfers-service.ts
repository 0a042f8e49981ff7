import type {
  abortTransfer,
  ConnectionId,
  createUploadGrant,
  listTransfers,
  listUploadGrants,
  OperationInput,
  OperationResult,
  revokeUploadGrant,
  TeamId,
  UploadGrant,
  UploadGrantId,
} from '@windlass/contract';
import type { Actor } from '../../kernel/actor.ts';
import type { Secret } from '../../kernel/secret.ts';
import type { Database } from '../../platform/db/index.ts';
import type { Jobs } from '../../platform/jobs/index.ts';
import type { ConnectionUse } from '../connections/index.ts';
import type { Grant, NewGrant } from './grant.ts';
import type { GrantUploads } from './grant-uploads.ts';
import type { LedgerFile } from './ledger-file.ts';
import type { RemovableObject, Removal } from './remove-objects.ts';

/** Uploads straight into buckets: who may (grants), what goes on and what arrived (the ledger). */
export interface TransfersService {
  /**
   * Makes a grant in the transaction of the row that it is for. The token is known here and now only.
   *
   * @throws AppError notFound for a connection that the team has not
   */
  openGrant(trx: Database, grant: NewGrant): Promise<{ grantId: UploadGrantId; token: Secret }>;
  /**
   * A new token for a grant whose token was lost (a page that was loaded again on another device); the old one ends.
   *
   * @throws AppError notFound
   */
  renewToken(trx: Database, teamId: TeamId, grantId: UploadGrantId): Promise<Secret>;
  /** The grant of a token `wu_…`. @throws AppError grantInvalid for one that is unknown, over or ended */
  grantOf(token: string): Promise<Grant>;
  /** What the holder of a grant may do. Cheap: it holds nothing but the grant. */
  uploads(grant: Grant): GrantUploads;
  /** Every file of a grant that is under way or received, oldest first. */
  filesOf(db: Database, teamId: TeamId, grantId: UploadGrantId): Promise<LedgerFile[]>;
  /**
   * From the end of `trx` on, nothing more may be uploaded; what is under way ends with it, and the bucket is made to forget
   * it afterwards. What was received stays. One that has ended already is fine.
   */
  endGrant(trx: Database, teamId: TeamId, grantId: UploadGrantId): Promise<void>;
  /**
   * Looks for everything in the bucket that a grant's sender has only reported, sixteen at once. What is there is `seen` from
   * then on; receipts of what is not are taken back, which `onMissing` is told. Where the connection may not read, everything
   * stays as it is. Without reported files, the bucket is not asked.
   *
   * @returns what was taken back, in the state `missing`
   * @throws AppError grantInvalid where the connection was deleted, originFailed where it has no credentials
   */
  lookUpReported(grant: Grant, signal: AbortSignal): Promise<LedgerFile[]>;
  /** The same for whoever knows a grant by its id; nothing for one that went with its connection. */
  lookUpReportedOf(teamId: TeamId, grantId: UploadGrantId, signal: AbortSignal): Promise<LedgerFile[]>;
  /**
   * Deletes objects of receipts, each only once it is proven to be ours: a receipt may be the word of somebody who named the
   * key of another's object. Answers in their order; see `RemovalOutcome`.
   *
   * @throws AppError notFound where the connection was deleted, originFailed where it has no credentials
   */
  removeObjects(
    teamId: TeamId,
    connectionId: ConnectionId,
    objects: readonly RemovableObject[],
    signal: AbortSignal,
  ): Promise<Removal[]>;

  /** For people and API keys. `createGrant` answers with the token, and who calls makes the URLs for Uppy of it. */
  createGrant(
    actor: Actor,
    teamId: TeamId,
    given: OperationInput<typeof createUploadGrant>['body'],
  ): Promise<{ grant: UploadGrant; token: Secret }>;
  listGrants(
    actor: Actor,
    teamId: TeamId,
    query: OperationInput<typeof listUploadGrants>['query'],
  ): Promise<OperationResult<typeof listUploadGrants>>;
  revokeGrant(actor: Actor, at: OperationInput<typeof revokeUploadGrant>['params']): Promise<void>;
  listTransfers(
    actor: Actor,
    teamId: TeamId,
    query: OperationInput<typeof listTransfers>['query'],
  ): Promise<OperationResult<typeof listTransfers>>;
  abortTransfer(actor: Actor, at: OperationInput<typeof abortTransfer>['params']): Promise<void>;

  /**
   * Uploads that are under way keep a connection from being deleted. Grants do not: they end with it, as does its part of the
   * ledger. Before it goes, its bucket is made to forget what is under way, as far as it answers. Nor does it lead to another
   * place while uploads are under way or were not looked up yet.
   */
  readonly connectionUse: ConnectionUse;

  /** Carries out the janitor's and the look-up's jobs; for a process with the role `worker`. */
  startWork(jobs: Jobs): Promise<void>;
  /** One round of the janitor: ends what has run out, and has buckets forget what is left over. */
  sweep(signal: AbortSignal): Promise<{ expired: number; forgotten: number }>;
  /** One round of the look-up: objects that were reported but not seen yet, where the connection may read. */
  reconcile(signal: AbortSignal): Promise<{ seen: number; missing: number }>;
}
