import type { SendPart } from './send-part.ts';
import type { UploadApi } from './upload-api.ts';
import type { UploadItem, UploadSnapshot } from './upload-item.ts';
import type { PartBody, UploadSource } from './upload-source.ts';

/**
 * Remembers which upload a file has, beyond the page or the process. One journal is for one grant: an id of another is not
 * found. It may forget at any time; the file then starts again.
 */
export interface UploadJournal {
  find(fingerprint: string): Promise<string | null>;
  keep(fingerprint: string, transferId: string): Promise<void>;
  forget(fingerprint: string): Promise<void>;
}

/** Whether there is a network. In browsers `browserOnlineSignal()`. */
export interface OnlineSignal {
  isOnline(): boolean;
  /** @returns how to stop listening */
  onChange(listener: () => void): () => void;
}

export interface UploaderOptions<Body extends PartBody = Blob> {
  api: UploadApi;
  send: SendPart<Body>;
  journal?: UploadJournal | undefined;
  online?: OnlineSignal | undefined;
  /**
   * A file that this grant has received before, of another page or run: `take` what is known of it, so that a folder that is
   * added again after a crash is soon done, or `send` it once more as a new upload. `take`.
   */
  received?: 'take' | 'send' | undefined;
  /** Requests to the bucket at once, over all files; it finds its place between the two. 2 to 8. */
  concurrency?: { min: number; max: number } | undefined;
  /** Without a byte for so long a request is given up and sent again. 30 seconds. */
  stallSeconds?: number | undefined;
  /** Of one request, before its file fails. 8. */
  attempts?: number | undefined;
}

export interface UploaderEvents {
  /** At most every 100 ms, and once more after the last change. */
  change(snapshot: UploadSnapshot): void;
  /** A file has a new state; not for each byte. */
  item(item: UploadItem): void;
}

/** Nothing here rejects or throws for a file's sake: a file's failure is its `error`. */
export interface Uploader<Body extends PartBody = Blob> {
  /** Starts at once. */
  add(sources: Iterable<UploadSource<Body>>): UploadItem[];
  /** One file, or all. What is under way is stopped and its part sent again later. */
  pause(id?: string): void;
  resume(id?: string): void;
  /** For good: the server deletes what came of it. Resolves when it has, or when it could not be told so. */
  cancel(id: string): Promise<void>;
  /** A failed file, or all of them, from where they stood. */
  retry(id?: string): void;
  /** Takes a file that has ended out of the list. */
  remove(id: string): void;
  snapshot(): UploadSnapshot;
  /** @returns how to stop listening */
  on<Event extends keyof UploaderEvents>(event: Event, listener: UploaderEvents[Event]): () => void;
  /** Resolves when every file is done, failed or cancelled; paused ones are waited for. */
  done(): Promise<UploadSnapshot>;
  /** Stops everything and leaves the uploads on the server, to be resumed by another uploader with the same journal. */
  close(): void;
}
