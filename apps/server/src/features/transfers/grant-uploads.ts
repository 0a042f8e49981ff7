import type {
  completeUploads,
  createUploads,
  FileToUpload,
  listUploads,
  OperationInput,
  OperationResult,
  signUploadParts,
  TransferId,
  Upload,
} from '@windlass/contract';
import type { KnownPart } from './stored-parts.ts';

/** A file to upload, as features may ask for it. */
export interface WantedFile extends FileToUpload {
  /** Bytes of every part but the last, where the sender cuts by a rule of its own (Uppy); null: it goes in one PUT. */
  partSize?: number | null | undefined;
}

/**
 * What the holder of a grant may do: the calls of `/api/v1/uploads`, one by one. Uploads of another grant are `notFound`.
 *
 * Failures of the bucket are AppErrors of `platform/s3` (`originFailed`, `originTimeout`).
 */
export interface GrantUploads {
  /**
   * Tickets for up to a hundred files, answered in their order: each has an upload, or why it is refused (`nameRefused`,
   * `objectExists`, `fileTooLarge`, `quotaExceeded`, `fileTypeRefused`). Asked again with the same `retryKey`, the same
   * upload is answered.
   *
   * @throws AppError grantInvalid where the grant was ended meanwhile
   */
  create(
    files: readonly WantedFile[],
    signal: AbortSignal,
  ): Promise<OperationResult<typeof createUploads>['results']>;
  list(query: OperationInput<typeof listUploads>['query']): Promise<OperationResult<typeof listUploads>>;
  get(id: TransferId, signal: AbortSignal): Promise<Upload>;
  /**
   * Writes down parts that the bucket has, and signs others.
   *
   * @throws AppError uploadEnded, invalidRequest for a part that the upload has not
   */
  signParts(
    id: TransferId,
    parts: OperationInput<typeof signUploadParts>['body'],
    signal: AbortSignal,
  ): Promise<OperationResult<typeof signUploadParts>>;
  /**
   * Parts in the order of their numbers, for a sender that reports none before the end (Uppy): those that the bucket has, and
   * where it may not be asked, those that were reported.
   */
  partsOf(id: TransferId, signal: AbortSignal): Promise<KnownPart[]>;
  /** Where the files go. @throws AppError grantInvalid where the connection was deleted */
  place(): Promise<{ bucket: string }>;
  /**
   * Receipts, in the order of what was asked; each has one, or why there is none (`uploadIncomplete`, `uploadRestarted`,
   * `objectExists`, `uploadEnded`, `notFound`). Asked again, the same receipt is answered.
   */
  complete(
    uploads: OperationInput<typeof completeUploads>['body']['uploads'],
    signal: AbortSignal,
  ): Promise<OperationResult<typeof completeUploads>['results']>;
  /** Ends an upload that is under way; one that has ended already is fine. @throws AppError uploadEnded for a received one */
  abort(id: TransferId, signal: AbortSignal): Promise<void>;
}
