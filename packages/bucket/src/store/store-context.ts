import type { BucketState } from './bucket-state.ts';
import type { CommitGate } from './commit-gate.ts';
import type { DurableFiles } from './durable-files.ts';

/** What the store has to say to the one who runs it; a pino logger fits. */
export interface StoreLog {
  warn(facts: Record<string, unknown>, message: string): void;
}

export interface StoreClock {
  now(): Date;
}

/** What the parts of the store share. */
export interface StoreContext {
  files: DurableFiles;
  gate: CommitGate;
  clock: StoreClock;
  log: StoreLog;
  /** Throws NoSuchBucket. */
  bucket(name: string): BucketState;
}
