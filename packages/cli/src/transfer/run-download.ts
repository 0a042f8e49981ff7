import { stat } from 'node:fs/promises';
import { signDownloads, type ConnectionId, type TeamId } from '@windlass/contract';
import { apiFrom } from '../api/api-from.ts';
import { ApiFailure, callApi, type Api } from '../api/call-api.ts';
import { printable, type CommandOutput } from '../command-output.ts';
import { findConnection, parseBucketPath } from './bucket-path.ts';
import { DownloadFailure, downloadFile } from './download-file.ts';
import { countFiles, formatBytes, formatDuration } from './format-amounts.ts';
import { listObjects, type RemoteObject } from './list-objects.ts';
import { localPath } from './local-path.ts';
import { createProgressLine } from './progress-line.ts';

export interface DownloadOptions {
  output: string;
  url: string;
  force?: true;
  json?: true;
  quiet?: true;
}

interface Result {
  key: string;
  file: string | null;
  size: number;
  error: string | null;
}

interface Wanted extends RemoteObject {
  place: { teamId: TeamId; connectionId: ConnectionId };
}

/** Files at once: enough to fill a line, few enough for a small machine. */
const parallel = 6;

/** Returns the exit code: 1 where an object did not come; the others did. */
export const runDownload = async (
  from: readonly string[],
  options: DownloadOptions,
  environment: NodeJS.ProcessEnv,
  output: CommandOutput,
): Promise<number> => {
  const api = apiFrom(
    options.url,
    environment['WINDLASS_API_KEY'],
    'team:read, connections:read and transfers:read',
  );
  const paths = from.map(parseBucketPath);
  try {
    const wanted: Wanted[] = [];
    for (const path of paths) {
      const { teamId, connection } = await findConnection(api, path.connection);
      const place = { teamId, connectionId: connection.id };
      const objects = await listObjects(api, place, path);
      if (objects.length === 0)
        throw new ApiFailure(
          `There is nothing at ${path.connection}/${path.path}. A slash at the end stands for everything below.`,
        );
      wanted.push(...objects.map((object) => ({ ...object, place })));
    }
    const began = performance.now();
    const results = await downloadAll(api, wanted, options);
    report(results, { seconds: (performance.now() - began) / 1000, options, output });
    return results.every(({ error }) => error === null) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    output.warn(`error: ${printable(error.message)}\n`);
    return 1;
  }
};

const downloadAll = async (
  api: Api,
  wanted: readonly Wanted[],
  options: DownloadOptions,
): Promise<Result[]> => {
  using line = createProgressLine(process.stderr, options.json === undefined && options.quiet === undefined);
  const began = performance.now();
  const bytesOf = new Map<string, number>();
  const bytes = wanted.reduce((sum, { size }) => sum + size, 0);
  const results: Result[] = [];
  let shownAt = 0;
  const show = (): void => {
    const now = performance.now();
    if (now - shownAt < 100) return;
    shownAt = now;
    const bytesDone = [...bytesOf.values()].reduce((sum, one) => sum + one, 0);
    const bytesPerSecond = (bytesDone / Math.max(1, now - began)) * 1000;
    line.show({
      filesDone: results.length,
      files: wanted.length,
      bytesDone,
      bytes,
      bytesPerSecond,
      secondsLeft: bytesPerSecond === 0 ? null : (bytes - bytesDone) / bytesPerSecond,
    });
  };
  const waiting = [...wanted];
  const worker = async (): Promise<void> => {
    for (let object = waiting.shift(); object !== undefined; object = waiting.shift()) {
      const { key } = object;
      results.push(
        await downloadOne(api, object, options, (count) => {
          bytesOf.set(key, count);
          show();
        }),
      );
    }
  };
  await Promise.all(Array.from({ length: Math.min(parallel, wanted.length) }, worker));
  return results.toSorted((a, b) => (a.key < b.key ? -1 : 1));
};

const downloadOne = async (
  api: Api,
  object: Wanted,
  { output: folder, force }: DownloadOptions,
  onProgress: (bytes: number) => void,
): Promise<Result> => {
  const { key, name, size, place } = object;
  const path = localPath(folder, name);
  if (path === null)
    return {
      key,
      file: null,
      size,
      error: 'A file may not have this name here: download it by another tool.',
    };
  if (force !== true && (await stat(path).catch(() => null)) !== null)
    return { key, file: path, size, error: 'It is there already: give --force to replace it.' };
  try {
    await downloadFile(object, path, {
      onProgress,
      sign: async () => {
        const { items } = await callApi(api, signDownloads, { params: place, body: { keys: [key] } });
        const [signed] = items;
        if (signed === undefined) throw new DownloadFailure('The server signed nothing.');
        return signed.url;
      },
    });
    return { key, file: path, size, error: null };
  } catch (error) {
    if (error instanceof DownloadFailure) return { key, file: path, size, error: error.message };
    throw error;
  }
};

const report = (
  results: readonly Result[],
  { seconds, options, output }: { seconds: number; options: DownloadOptions; output: CommandOutput },
): void => {
  const failed = results.filter(({ error }) => error !== null);
  const there = results.filter(({ error }) => error === null);
  const bytes = there.reduce((sum, { size }) => sum + size, 0);
  if (options.json !== undefined) {
    const summary = { downloaded: there.length, failed: failed.length, bytes, seconds };
    output.write(`${JSON.stringify({ ...summary, files: results }, null, 2)}\n`);
    return;
  }
  // What the disk says names the path, and the path is a key that anybody may have chosen.
  for (const { key, error } of failed) output.warn(`error: ${printable(`${key}: ${error}`)}\n`);
  output.write(
    `${there.length} of ${countFiles(results.length)}, ${formatBytes(bytes)} in ${formatDuration(seconds)} to ${printable(options.output)}\n`,
  );
};
