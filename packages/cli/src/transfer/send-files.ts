import { createUploadApi, createUploader, type UploadSnapshot } from '@windlass/transfer';
import type { CommandOutput } from '../command-output.ts';
import type { LocalFile } from './collect-files.ts';
import { createChunkPool } from './chunk-pool.ts';
import { createLocalSources } from './file-range.ts';
import { createNodeSender } from './node-sender.ts';
import { createProgressLine } from './progress-line.ts';
import { alreadyThere, resultOf, type UploadResult } from './upload-report.ts';
import type { FileJournal } from './upload-journal.ts';

export interface SendOptions {
  skipExisting?: true;
  json?: true;
  quiet?: true;
}

/** Sends what is not there yet, with a line of progress; Ctrl-C leaves it to the next run. */
export const sendFiles = async (
  files: readonly LocalFile[],
  run: { url: string; token: string; journal: FileJournal; options: SendOptions; output: CommandOutput },
): Promise<UploadResult[]> => {
  const { journal, options } = run;
  const before = files.flatMap((file) => {
    const key = journal.doneBefore(file);
    return key === null ? [] : [alreadyThere(file, key)];
  });
  const waiting = files.filter((file) => journal.doneBefore(file) === null);
  const chunks = createChunkPool();
  const send = createNodeSender(chunks);
  const uploader = createUploader({
    api: createUploadApi({ origin: run.url, token: run.token }),
    send,
    journal,
  });
  using line = createProgressLine(process.stderr, options.json === undefined && options.quiet === undefined);
  const kept: Promise<void>[] = [];
  const fileOf = new Map<string, LocalFile>();
  const sentNow = new Set<string>();
  uploader.on('change', (snapshot) => line.show(progressOf(snapshot, before.length)));
  uploader.on('item', (item) => {
    // One that the grant has a receipt of is done without either.
    if (item.state === 'sending' || item.state === 'completing') sentNow.add(item.id);
    const file = fileOf.get(item.id);
    if (file !== undefined && item.state === 'done' && item.receipt !== null)
      kept.push(journal.keepDone(file, item.receipt.key));
  });
  const interrupted = (): never => {
    line[Symbol.dispose]();
    run.output.warn('Interrupted. Run the same command again to go on where it stands.\n');
    // As a shell has it: 128 and the number of the signal.
    process.exit(130);
  };
  process.once('SIGINT', interrupted);
  try {
    const items = uploader.add(waiting.map(createLocalSources(chunks)));
    items.forEach((item, index) => {
      const file = waiting[index];
      if (file !== undefined) fileOf.set(item.id, file);
    });
    const { items: ended } = await uploader.done();
    await Promise.all(kept);
    const results = ended.flatMap((item) => {
      const file = fileOf.get(item.id);
      return file === undefined ? [] : [resultOf(item, file, { ...options, sent: sentNow.has(item.id) })];
    });
    return [...before, ...results];
  } finally {
    process.off('SIGINT', interrupted);
    uploader.close();
    send.close();
  }
};

const progressOf = ({ counts, items, ...snapshot }: UploadSnapshot, before: number) => ({
  filesDone: counts.done + before,
  files: items.length + before,
  bytesDone: snapshot.bytesSent,
  bytes: snapshot.bytesTotal,
  bytesPerSecond: snapshot.bytesPerSecond,
  secondsLeft: snapshot.secondsLeft,
  ...(snapshot.offline ? { note: 'offline, waiting' } : {}),
});
