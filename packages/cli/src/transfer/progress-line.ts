import { countFiles, formatBytes, formatDuration } from './format-amounts.ts';

/** What a line of progress shows. */
export interface Progress {
  filesDone: number;
  files: number;
  bytesDone: number;
  bytes: number;
  bytesPerSecond: number;
  secondsLeft: number | null;
  /** Shown in place of the time left: `offline, waiting`. */
  note?: string;
}

const barCells = 20;

/**
 * One line, without its end.
 *
 * @example progressText(…) // '[######              ]  31%  412 MB of 1.3 GB  83 MB/s  11 s left  3 of 12 files'
 */
export const progressText = (progress: Progress, columns: number): string => {
  const { filesDone, files, bytesDone, bytes, bytesPerSecond, secondsLeft, note } = progress;
  const share = bytes === 0 ? 1 : Math.min(1, bytesDone / bytes);
  const full = Math.floor(share * barCells);
  const parts = [
    `[${'#'.repeat(full)}${' '.repeat(barCells - full)}] ${String(Math.floor(share * 100)).padStart(3)}%`,
    `${formatBytes(bytesDone)} of ${formatBytes(bytes)}`,
    `${formatBytes(bytesPerSecond)}/s`,
    note ?? (secondsLeft === null ? '' : `${formatDuration(secondsLeft)} left`),
    `${filesDone} of ${countFiles(files)}`,
  ].filter((part) => part !== '');
  return parts.join('  ').slice(0, Math.max(10, columns - 1));
};

export interface ProgressLine extends Disposable {
  show(progress: Progress): void;
}

/** Redraws one line of a terminal; in a pipe it says nothing. */
export const createProgressLine = (stream: NodeJS.WriteStream, wanted: boolean): ProgressLine => {
  // What comes after its end would be drawn behind the result.
  let enabled = wanted && stream.isTTY;
  return {
    show: (progress) => {
      if (enabled) stream.write(`\r\u001B[2K${progressText(progress, stream.columns)}`);
    },
    [Symbol.dispose]: () => {
      if (enabled) stream.write('\r\u001B[2K');
      enabled = false;
    },
  };
};
