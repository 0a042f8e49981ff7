import { createUploadGrant, type ConnectionId, type TeamId } from '@windlass/contract';
import {
  browserOnlineSignal,
  createUploadApi,
  createUploader,
  createXhrSender,
  type Uploader,
  type UploadSnapshot,
  type UploadSource,
} from '@windlass/transfer';
import { call } from '../../lib/api.ts';
import { createUploadJournal } from '../../lib/upload-journal.ts';
import { forgetGrant, rememberedGrant, rememberGrant, type TabGrant } from './remembered-grant.ts';

/** Where files go, and what becomes of a second one of a name. */
export type UploadTarget = Pick<TabGrant, 'prefix' | 'onConflict'>;

const grantSeconds = 24 * 60 * 60;

/** The uploads of this tab to one connection. They go on while other screens are looked at. */
export interface UploadSession {
  /** Makes a grant where this target has none yet, then sends. @throws ApiProblem where no grant is given. */
  add(target: UploadTarget, sources: readonly UploadSource[]): Promise<void>;
  pause(id?: string): void;
  resume(id?: string): void;
  retry(id?: string): void;
  cancel(id: string): void;
  cancelAll(): void;
  /** Takes what has ended out of the list. */
  clear(): void;
  /** Null until something was added. The same object as long as nothing changed. */
  snapshot(): UploadSnapshot | null;
  subscribe(listener: () => void): () => void;
  close(): void;
}

const isOver = (state: string): boolean => state === 'done' || state === 'failed' || state === 'cancelled';

interface Running {
  target: UploadTarget;
  uploader: Uploader;
}

/**
 * @param onReceived told when files have arrived, for what lists them
 */
export const createUploadSession = (
  { teamId, connectionId }: { teamId: TeamId; connectionId: ConnectionId },
  onReceived: () => void,
): UploadSession => {
  const listeners = new Set<() => void>();
  let running: Running | null = null;
  let shown: UploadSnapshot | null = null;
  let arrived = 0;

  const read = (snapshot: UploadSnapshot) => {
    shown = snapshot;
    const ended = snapshot.counts.done + snapshot.counts.cancelled;
    const rests = snapshot.items.every(({ state }) => isOver(state) || state === 'paused');
    if (ended !== arrived && rests) {
      arrived = ended;
      onReceived();
    }
    for (const listener of listeners) listener();
  };
  const grantFor = async (target: UploadTarget): Promise<TabGrant> => {
    const known = rememberedGrant(teamId, connectionId, target, Date.now());
    if (known !== null) return known;
    const { grant, token } = await call(createUploadGrant, {
      params: { teamId },
      body: { connectionId, ...target, expiresInSeconds: grantSeconds },
    });
    const made = { id: grant.id, token, expiresAt: grant.expiresAt, ...target };
    rememberGrant(teamId, connectionId, made);
    return made;
  };
  const start = async (target: UploadTarget): Promise<Running> => {
    const { id, token } = await grantFor(target);
    const uploader = createUploader({
      api: createUploadApi({ origin: location.origin, token }),
      send: createXhrSender(),
      journal: createUploadJournal(id),
      online: browserOnlineSignal(),
    });
    uploader.on('change', read);
    uploader.on('item', ({ error }) => {
      // Revoked or over: the next files ask for another one.
      if (error?.code === 'grantInvalid') forgetGrant(teamId, connectionId);
    });
    return { target, uploader };
  };
  const matches = (target: UploadTarget): boolean =>
    running !== null &&
    running.target.prefix === target.prefix &&
    running.target.onConflict === target.onConflict &&
    rememberedGrant(teamId, connectionId, target, Date.now()) !== null;
  const each = (work: (uploader: Uploader, items: UploadSnapshot['items']) => void) => {
    if (running !== null) work(running.uploader, running.uploader.snapshot().items);
  };

  return {
    add: async (target, sources) => {
      if (running === null || !matches(target)) {
        const busy = running?.uploader.snapshot().items.some(({ state }) => !isOver(state)) === true;
        if (busy) throw new Error('Wait until the uploads under way have ended, or cancel them.');
        const next = await start(target);
        running?.uploader.close();
        running = next;
        arrived = 0;
      }
      running.uploader.add(sources);
    },
    pause: (id) => running?.uploader.pause(id),
    resume: (id) => running?.uploader.resume(id),
    retry: (id) => running?.uploader.retry(id),
    cancel: (id) => void running?.uploader.cancel(id),
    cancelAll: () =>
      each((uploader, items) => {
        for (const { id, state } of items) if (!isOver(state)) void uploader.cancel(id);
      }),
    clear: () =>
      each((uploader, items) => {
        for (const { id, state } of items) if (isOver(state)) uploader.remove(id);
        read(uploader.snapshot());
      }),
    snapshot: () => shown,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => running?.uploader.close(),
  };
};
