export { createBatcher } from './batcher.ts';
export { combineCrcs, isCrc, type CrcAlgorithm } from './crc-combine.ts';
export { createCrc64Nvme, type Crc64 } from './crc64-nvme.ts';
export { crc64OfBody } from './crc-of-body.ts';
export { createUploadApi, type UploadApiOptions } from './create-upload-api.ts';
export { createUploader } from './create-uploader.ts';
export { createFetchSender } from './fetch-sender.ts';
export { filesOfDataTransfer } from './files-of-data-transfer.ts';
export { loadTypeDetector, type TypeDetector } from './media-type.ts';
export { browserOnlineSignal } from './online.ts';
export { planParts, rangeOfPart, s3PartLimits, type PartLimits, type PartPlan } from './plan-parts.ts';
export type { SendAnswer, SendOptions, SendPart } from './send-part.ts';
export { UploadApiError, type ReceiptOrRefusal, type UploadApi, type UploadOrRefusal } from './upload-api.ts';
export {
  localErrorCodes,
  uploadItemStates,
  type LocalErrorCode,
  type UploadItem,
  type UploadItemState,
  type UploadSnapshot,
} from './upload-item.ts';
export {
  sourceOfFile,
  SourceChanged,
  type FileReading,
  type PartBody,
  type UploadSource,
} from './upload-source.ts';
export type { OnlineSignal, Uploader, UploaderEvents, UploaderOptions, UploadJournal } from './uploader.ts';
export type {
  Checksum,
  ChecksumAlgorithm,
  CompletedUpload,
  FileToUpload,
  PartDone,
  Refusal,
  SignedRequest,
  Upload,
  UploadReceipt,
} from './wire.ts';
export { createXhrSender } from './xhr-sender.ts';
