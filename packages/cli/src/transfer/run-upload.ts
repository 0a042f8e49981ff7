import {
  createUploadGrant,
  listUploads,
  revokeUploadGrant,
  type ConnectionId,
  type TeamId,
  type UploadGrantId,
} from '@windlass/contract';
import { createUploadApi, createUploader, type UploadSnapshot } from '@windlass/transfer';
import { apiFrom } from '../api/api-from.ts';
import { ApiFailure, callApi, type Api } from '../api/call-api.ts';
import { printable, type CommandOutput } from '../command-output.ts';
import { UsageError } from '../usage-error.ts';
import { findConnection, parseBucketPath, prefixOf } from './bucket-path.ts';
import { collectFiles, type LocalFile } from './collect-files.ts';
import { sourceOfLocalFile } from './file-range.ts';
import { createNodeSender } from './node-sender.ts';
import { createProgressLine } from './progress-line.ts';
import { alreadyThere, reportUpload, resultOf, type UploadResult } from './upload-report.ts';
import { journalPath, openJournal, type FileJournal, type KeptGrant } from './upload-journal.ts';

export interface UploadOptions {
  to: string;
  url: string;
  skipExisting?: true;
  json?: true;
  quiet?: true;
}

/** Long enough for a slow line; the token of a finished run is revoked at once. */
const grantSeconds = 7 * 24 * 60 * 60;
/** A grant that ends so soon is not begun with. */
const graceMilliseconds = 60 * 60 * 1000;

/** Returns the exit code: 1 where a file did not get there; the others did. */
export const runUpload = async (
  paths: readonly string[],
  options: UploadOptions,
  environment: NodeJS.ProcessEnv,
  output: CommandOutput,
): Promise<number> => {
  const api = apiFrom(
    options.url,
    environment['WINDLASS_API_KEY'],
    'team:read, connections:read and transfers:write',
  );
  const target = parseBucketPath(options.to);
  const prefix = prefixOf(target);
  const { files, skipped } = await collectFiles(paths);
  if (files.length === 0) throw new UsageError('there is no file in what was given');
  if (skipped > 0) output.warn(`${skipped} links and special files were left out\n`);
  try {
    const { teamId, connection } = await findConnection(api, target.connection);
    const journal = await openJournal(journalPath(environment, [api.url, api.key, connection.id, prefix]));
    const before = journal.grant;
    const grant = await grantFor(api, teamId, { connectionId: connection.id, prefix }, journal);
    const began = performance.now();
    const results = await upload(files, { api, token: grant.token, journal, options, output });
    const seconds = (performance.now() - began) / 1000;
    const failed = results.filter(({ state }) => state === 'failed');
    if (failed.length === 0) {
      // In this order: a grant that nobody knows of any more runs out, a journal of a grant that has ended would be in the way.
      await journal.end();
      await endGrant(api, { teamId, uploadGrantId: grant.grantId });
    }
    reportUpload(results, {
      seconds,
      resumed: grant === before,
      options,
      output,
      place: `${connection.bucket}/${connection.prefix}${prefix}`,
    });
    return failed.length === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    output.warn(`error: ${printable(error.message)}\n`);
    return 1;
  }
};

/** The one of the run before, so that its uploads can go on, or a new one. */
const grantFor = async (
  api: Api,
  teamId: TeamId,
  place: { connectionId: ConnectionId; prefix: string },
  journal: FileJournal,
): Promise<KeptGrant> => {
  const kept = journal.grant;
  const lasts = kept !== null && Date.parse(kept.expiresAt) > Date.now() + graceMilliseconds;
  if (lasts && (await isGood(api, kept.token))) return kept;
  // What it has under way holds the names of the files.
  if (kept !== null) await endGrant(api, { teamId, uploadGrantId: kept.grantId });
  const made = await callApi(api, createUploadGrant, {
    params: { teamId },
    body: { ...place, expiresInSeconds: grantSeconds },
  });
  const grant = { token: made.token, grantId: made.grant.id, expiresAt: made.grant.expiresAt };
  await journal.keepGrant(grant);
  return grant;
};

/** Somebody may have revoked it in the meantime. */
const isGood = async ({ url }: Api, token: string): Promise<boolean> => {
  try {
    await callApi({ url, key: token }, listUploads, { query: { limit: 1 } });
    return true;
  } catch (error) {
    if (error instanceof ApiFailure) return false;
    throw error;
  }
};

/** The files are there: that its token lives on until it runs out, in nobody's hands, makes no failure of them. */
const endGrant = async (api: Api, at: { teamId: TeamId; uploadGrantId: UploadGrantId }): Promise<void> => {
  try {
    await callApi(api, revokeUploadGrant, { params: at });
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
  }
};

const upload = async (
  files: readonly LocalFile[],
  run: { api: Api; token: string; journal: FileJournal; options: UploadOptions; output: CommandOutput },
): Promise<UploadResult[]> => {
  const { journal, options } = run;
  const before = files.flatMap((file) => {
    const key = journal.doneBefore(file);
    return key === null ? [] : [alreadyThere(file, key)];
  });
  const waiting = files.filter((file) => journal.doneBefore(file) === null);
  const send = createNodeSender();
  const uploader = createUploader({
    api: createUploadApi({ origin: run.api.url, token: run.token }),
    send,
    journal,
  });
  using line = createProgressLine(process.stderr, options.json === undefined && options.quiet === undefined);
  const kept: Promise<void>[] = [];
  const fileOf = new Map<string, LocalFile>();
  uploader.on('change', (snapshot) => line.show(progressOf(snapshot, before.length)));
  uploader.on('item', (item) => {
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
    const items = uploader.add(waiting.map(sourceOfLocalFile));
    items.forEach((item, index) => {
      const file = waiting[index];
      if (file !== undefined) fileOf.set(item.id, file);
    });
    const { items: ended } = await uploader.done();
    await Promise.all(kept);
    const results = ended.flatMap((item) => {
      const file = fileOf.get(item.id);
      return file === undefined ? [] : [resultOf(item, file, options)];
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
