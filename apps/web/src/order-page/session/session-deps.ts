import type { Challenge } from '@windlass/contract';
import type { Uploader, UploadSource } from '@windlass/transfer';
import type { OrderApi, StartedOrder } from '../api/order-api.ts';
import type { FileShelf } from '../draft/file-shelf.ts';
import type { PageStorage } from '../draft/page-storage.ts';
import type { Previews } from '../files/previews.ts';
import type { Store } from '../store.ts';
import type { SessionState } from './session-state.ts';

/** What an order needs of the world. */
export interface SessionDeps {
  api: OrderApi;
  /** For drafts: outlives the tab. */
  storage: PageStorage;
  /** For receipts, which name the customer: ends with the tab, since a shop's tablet has another customer next. */
  receipts: PageStorage;
  shelf: FileShelf;
  previews: Previews;
  solve(challenge: Challenge): Promise<string>;
  openUploader(order: StartedOrder): Uploader;
}

/** What the parts of a session share. */
export interface SessionCore extends SessionDeps {
  store: Store<SessionState>;
  /** The files themselves, by id; never in the store, which is kept as text. */
  bytes: Map<string, UploadSource>;
  /** Transfers whose files the customer has removed; the server may know them still. */
  removed: Set<string>;
  /** Transfers of files that came by another: this tab has begun them anew, or another tab has sent them too. */
  twins: Set<string>;
  /** Ids of the files that this tab has or has had. */
  known: Set<string>;
}

export const draftKey = (dropName: string): string => `windlass-order:${dropName}`;
export const receiptKey = (dropName: string): string => `windlass-receipt:${dropName}`;
