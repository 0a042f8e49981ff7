import { createEngine } from './create-engine.ts';
import { localFailure, UploadFailure } from './failures.ts';
import { createFileLine } from './file-line.ts';
import { createItemBoard } from './item-board.ts';
import { isOver } from './item-moves.ts';
import { browserOnlineSignal } from './online.ts';
import { nameToSend } from './prepare-file.ts';
import { createRateMeter } from './rate-meter.ts';
import { uploadFile } from './upload-file.ts';
import type { UploadItem, UploadSnapshot } from './upload-item.ts';
import { RunStopped } from './upload-run.ts';
import type { PartBody, UploadSource } from './upload-source.ts';
import type { Uploader, UploaderOptions } from './uploader.ts';

const abortPatienceMs = 20_000;

interface Entry<Body extends PartBody> {
  id: string;
  source: UploadSource<Body>;
  rank: number;
  occurrence: number;
  uploadId: string | null;
  /** While it runs. */
  stop: AbortController | null;
  ended: Promise<void>;
}

/** The same file again, by what is known before it is read. */
const likenessOf = ({ name, size, lastModified }: UploadSource<PartBody>): string =>
  JSON.stringify([nameToSend(name), size, lastModified]);

/**
 * Uploads files straight into a bucket.
 *
 * @example
 * const uploader = createUploader({ api: createUploadApi({ origin, token }), send: createXhrSender() });
 * uploader.add(Array.from(input.files, (file) => sourceOfFile(file)));
 * await uploader.done();
 */
export const createUploader = <Body extends PartBody = Blob>(
  options: UploaderOptions<Body>,
): Uploader<Body> => {
  const { api, online = browserOnlineSignal() } = options;
  const closed = new AbortController();
  const meter = createRateMeter();
  const board = createItemBoard(meter, () => online.isOnline());
  const engine = createEngine(options, {
    online,
    bytesPerSecond: () => meter.bytesPerSecond(performance.now()),
    signal: closed.signal,
  });
  const entries = new Map<string, Entry<Body>>();
  const occurrences = new Map<string, number>();
  const line = createFileLine<Entry<Body>>(({ source }) => source.size);
  let nextRank = 1;
  let waitingForEnd: (() => void)[] = [];
  const stopListening = online.onChange(() => board.touch());

  const tellEnd = (): void => {
    if (!board.allOver()) return;
    const told = waitingForEnd;
    waitingForEnd = [];
    for (const tell of told) tell();
  };

  const hear = (entry: Entry<Body>, bytesSent: number): void => {
    const item = board.get(entry.id);
    if (item === undefined || isOver(item.state)) return;
    if (item.state === 'sending') meter.add(Math.max(0, bytesSent - item.bytesSent), performance.now());
    board.change(entry.id, { bytesSent });
    line.setUnsent(entry, entry.source.size - bytesSent);
    startNext();
  };

  const run = async (entry: Entry<Body>, signal: AbortSignal): Promise<void> => {
    const { id, source, rank, occurrence } = entry;
    try {
      const receipt = await uploadFile(engine, {
        source,
        rank,
        occurrence,
        uploadId: entry.uploadId,
        signal,
        onPrepared: ({ name, type }) => board.change(id, { name, type }),
        onUpload: (upload) => {
          entry.uploadId = upload.id;
          board.change(id, { transferId: upload.id });
        },
        onStage: (stage) => {
          if (signal.aborted) return;
          board.move(id, stage === 'sending' ? 'send' : 'complete');
          if (stage === 'completing') line.leave(entry);
          startNext();
        },
        onProgress: (bytesSent) => {
          if (!signal.aborted) hear(entry, bytesSent);
        },
      });
      board.move(id, 'received', { receipt, bytesSent: source.size });
    } catch (error) {
      if (signal.aborted) return;
      const failure =
        error instanceof UploadFailure
          ? error
          : localFailure('unexpected', 'Something went wrong here.', { cause: error });
      board.move(id, 'fail', { error: failure.refusal });
    }
  };

  const startAfter = async (
    before: Promise<void>,
    entry: Entry<Body>,
    stop: AbortController,
  ): Promise<void> => {
    // A run that was stopped may still be waiting for an answer that says which upload it has.
    await before;
    await run(entry, stop.signal);
    if (entry.stop === stop) {
      entry.stop = null;
      line.leave(entry);
    }
    startNext();
    tellEnd();
  };

  function startNext(): void {
    if (closed.signal.aborted) return;
    for (let entry = line.next(); entry !== undefined; entry = line.next()) {
      board.move(entry.id, 'start');
      entry.stop = new AbortController();
      entry.ended = startAfter(entry.ended, entry, entry.stop);
    }
  }

  const stopEntry = (entry: Entry<Body>, by: RunStopped['by']): void => {
    line.leave(entry);
    entry.stop?.abort(new RunStopped(by));
    entry.stop = null;
  };

  const chosen = (id: string | undefined): Entry<Body>[] => {
    if (id === undefined) return [...entries.values()];
    const entry = entries.get(id);
    return entry === undefined ? [] : [entry];
  };

  const bringBack = (id: string | undefined, event: 'resume' | 'retry'): void => {
    for (const entry of chosen(id)) if (board.move(entry.id, event)) line.join(entry);
    startNext();
  };

  const add = (source: UploadSource<Body>): UploadItem => {
    const rank = nextRank;
    nextRank += 1;
    const likeness = likenessOf(source);
    const occurrence = (occurrences.get(likeness) ?? 0) + 1;
    occurrences.set(likeness, occurrence);
    const item: UploadItem = {
      id: `file-${rank}`,
      name: nameToSend(source.name),
      size: source.size,
      type: source.type ?? '',
      state: 'waiting',
      bytesSent: 0,
      error: null,
      receipt: null,
      transferId: null,
    };
    const entry = {
      id: item.id,
      source,
      rank,
      occurrence,
      uploadId: null,
      stop: null,
      ended: Promise.resolve(),
    };
    entries.set(item.id, entry);
    board.add(item);
    line.join(entry);
    return item;
  };

  return {
    add(sources) {
      const items = Array.from(sources, add);
      startNext();
      return items;
    },
    pause(id) {
      for (const entry of chosen(id)) if (board.move(entry.id, 'pause')) stopEntry(entry, 'pause');
      startNext();
    },
    resume: (id) => bringBack(id, 'resume'),
    retry: (id) => bringBack(id, 'retry'),
    async cancel(id) {
      const entry = entries.get(id);
      if (entry === undefined || !board.move(id, 'cancel')) return;
      stopEntry(entry, 'cancel');
      startNext();
      await entry.ended;
      const { uploadId } = entry;
      if (uploadId !== null && board.get(id)?.state === 'cancelled') {
        // Who cannot be told now finds the upload later: it runs out, and the janitor deletes it.
        await api.abort(uploadId, AbortSignal.timeout(abortPatienceMs)).catch(() => undefined);
      }
      tellEnd();
    },
    remove(id) {
      const item = board.get(id);
      if (item === undefined || !isOver(item.state)) return;
      board.remove(id);
      entries.delete(id);
    },
    snapshot: () => board.snapshot(),
    on(event, listener) {
      // Each event's listener takes what that event tells, by the type of this method.
      return event === 'item'
        ? board.onItem(listener as (item: UploadItem) => void)
        : board.onChange(listener as (snapshot: UploadSnapshot) => void);
    },
    done: () =>
      new Promise((resolve) => {
        waitingForEnd.push(() => resolve(board.snapshot()));
        tellEnd();
      }),
    close() {
      closed.abort(new RunStopped('close'));
      for (const entry of entries.values()) stopEntry(entry, 'close');
      stopListening();
    },
  };
};
