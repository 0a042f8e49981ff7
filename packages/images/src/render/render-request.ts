import type { OriginalFacts, RenderedPicture, RenderJob } from './job.ts';

/** A job with what admission needs to know. */
export interface RenderRequest {
  job: RenderJob;
  /** Who waits: teams take turns by the time that their pictures take. */
  team: string;
  /** From an earlier job or from the file's head; null: the cost is guessed from format and bytes. */
  facts: OriginalFacts | null;
  /** `idle` runs only while nobody waits, and is the first to be dropped. */
  urgency: 'now' | 'idle';
}

export interface RenderPool extends AsyncDisposable {
  /**
   * Renders in a child process. When `signal` aborts, a job that waits is dropped; one that runs finishes.
   *
   * @throws RenderError with one of `renderFailures`
   */
  render(
    request: RenderRequest,
    signal?: AbortSignal,
  ): Promise<RenderedPicture & { waitedMilliseconds: number }>;
  stats(): RenderPoolStats;
}

export interface RenderPoolStats {
  children: number;
  running: number;
  waitingCheap: number;
  waitingHeavy: number;
  rendered: number;
  failed: number;
  /** Refused because the queue was full or the wait would have been too long. */
  refused: number;
  /** Children killed at a deadline, above their memory, or found dead. */
  lost: number;
  /** Children replaced for age or size. */
  recycled: number;
  rssBytes: number;
}
