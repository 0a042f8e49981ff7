import type { ConcurrencyControl } from './concurrency-control.ts';
import type { SendPart } from './send-part.ts';
import type { Slots } from './slots.ts';
import type { SmallBodyReader } from './small-body-reader.ts';
import type { ReceiptOrRefusal, UploadApi, UploadOrRefusal } from './upload-api.ts';
import type { PartBody } from './upload-source.ts';
import type { OnlineSignal, UploadJournal } from './uploader.ts';
import type { CompletedUpload, FileToUpload } from './wire.ts';

/** What all files of an uploader share. */
export interface Engine<Body extends PartBody> {
  api: UploadApi;
  send: SendPart<Body>;
  online: OnlineSignal;
  journal: UploadJournal | null;
  received: 'take' | 'send';
  slots: Slots;
  /** Looks at a file when it is its turn: few at once, since a small one is read whole. */
  preparing<Result>(rank: number, signal: AbortSignal, look: () => Promise<Result>): Promise<Result>;
  readSmall: SmallBodyReader;
  control: ConcurrencyControl;
  maxConcurrency: number;
  attempts: number;
  stallMs: number;
  /** Tickets and completions of many files go in one call. */
  ticket(file: FileToUpload): Promise<UploadOrRefusal>;
  complete(upload: CompletedUpload): Promise<ReceiptOrRefusal>;
  bytesPerSecond(): number;
  /** Whether the bucket has answered this uploader in any way: if never, its CORS rule may be missing. */
  reached: { bucket: boolean };
}
