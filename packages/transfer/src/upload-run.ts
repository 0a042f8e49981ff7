import type { PartBody, UploadSource } from './upload-source.ts';
import type { Upload } from './wire.ts';

/** Why a run was stopped, as the reason of its signal. */
export class RunStopped extends Error {
  override readonly name = 'RunStopped';
  readonly by: 'pause' | 'cancel' | 'close';

  constructor(by: RunStopped['by']) {
    super(`Stopped by ${by}.`);
    this.by = by;
  }
}

/** One file on its way from start to receipt, and who is told of it. */
export interface UploadRun<Body extends PartBody> {
  source: UploadSource<Body>;
  /** Lower goes first. */
  rank: number;
  /** How many equal files were added before it. */
  occurrence: number;
  /** What an earlier run of this file was given. */
  uploadId: string | null;
  signal: AbortSignal;
  onPrepared(file: { name: string; type: string }): void;
  onUpload(upload: Upload): void;
  onStage(stage: 'sending' | 'completing'): void;
  /** Bytes of the file that the bucket has, or that are on their way. */
  onProgress(bytesSent: number): void;
}
