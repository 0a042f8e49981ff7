import type { UploadItem } from '@windlass/transfer';
import { printable, type CommandOutput } from '../command-output.ts';
import type { LocalFile } from './collect-files.ts';
import { countFiles, formatBytes, formatDuration } from './format-amounts.ts';

/** What became of one file. */
export interface UploadResult {
  file: string;
  name: string;
  size: number;
  state: 'uploaded' | 'alreadyThere' | 'failed';
  key: string | null;
  etag: string | null;
  checksum: { algorithm: string; value: string } | null;
  error: { code: string; detail: string; next: string } | null;
}

export const alreadyThere = ({ path, name, size }: LocalFile, key: string): UploadResult => ({
  file: path,
  name,
  size,
  state: 'alreadyThere',
  key,
  etag: null,
  checksum: null,
  error: null,
});

export const resultOf = (
  item: UploadItem,
  file: LocalFile,
  /** `sent`: by this run, at least in part. */
  { skipExisting, sent }: { skipExisting?: true; sent: boolean },
): UploadResult => {
  const { receipt, error } = item;
  if (receipt === null && skipExisting === true && error?.code === 'objectExists')
    return { ...alreadyThere(file, ''), key: null };
  return {
    file: file.path,
    name: item.name,
    size: item.size,
    state: receipt === null ? 'failed' : sent ? 'uploaded' : 'alreadyThere',
    key: receipt?.key ?? null,
    etag: receipt?.etag ?? null,
    checksum: receipt?.checksum ?? null,
    error,
  };
};

export const reportUpload = (
  results: readonly UploadResult[],
  run: { seconds: number; resumed: boolean; options: { json?: true }; output: CommandOutput; place: string },
): void => {
  const { seconds, resumed, options, output, place } = run;
  const of = (state: UploadResult['state']): UploadResult[] =>
    results.filter((result) => result.state === state);
  const [uploaded, there, failed] = [of('uploaded'), of('alreadyThere'), of('failed')];
  const bytes = uploaded.reduce((sum, { size }) => sum + size, 0);
  if (options.json !== undefined) {
    const summary = { uploaded: uploaded.length, alreadyThere: there.length, failed: failed.length };
    output.write(`${JSON.stringify({ ...summary, bytes, seconds, files: results }, null, 2)}\n`);
    return;
  }
  for (const { file, error } of failed)
    output.warn(
      `error: ${printable(file)}: ${printable(`${error?.detail ?? 'was not sent'} ${error?.next ?? ''}`.trim())}\n`,
    );
  // Part of what a run before has sent is in the sum: a rate of it would say nothing.
  const rate = resumed ? '' : ` (${formatBytes(bytes / Math.max(seconds, 0.001))}/s)`;
  if (uploaded.length > 0 || failed.length > 0)
    output.write(
      `${uploaded.length} of ${countFiles(results.length)}, ${formatBytes(bytes)} in ${formatDuration(seconds)}${rate} to ${printable(place)}\n`,
    );
  if (there.length > 0)
    output.write(
      `${there.length} of ${countFiles(results.length)} ${there.length === 1 ? 'was' : 'were'} there already\n`,
    );
  const taken = failed.filter(({ error }) => error?.code === 'objectExists');
  if (taken.length > 0) output.warn('Give --skip-existing to take files whose name is there for done.\n');
  if (failed.length > taken.length)
    output.warn('Run the same command again to go on with what is missing.\n');
};
