import { describe, expect, it } from 'vitest';
import { formatBytes, formatDuration } from './format-amounts.ts';
import { progressText, type Progress } from './progress-line.ts';

const progress: Progress = {
  filesDone: 3,
  files: 12,
  bytesDone: 412_000_000,
  bytes: 1_300_000_000,
  bytesPerSecond: 83_000_000,
  secondsLeft: 11,
};

describe('a line of progress', () => {
  it('has bar, bytes, rate, time left and files', () => {
    expect(progressText(progress, 200)).toBe(
      '[######              ]  31%  412 MB of 1.3 GB  83 MB/s  11 s left  3 of 12 files',
    );
  });

  it('is full where there is nothing to do, and says why it waits', () => {
    const nothing = { ...progress, bytes: 0, bytesDone: 0, files: 1, filesDone: 1 };
    expect(progressText({ ...nothing, note: 'offline, waiting' }, 200)).toContain('100%');
    expect(progressText({ ...nothing, note: 'offline, waiting' }, 200)).toMatch(
      /offline, waiting {2}1 of 1 file$/,
    );
  });

  it('fits the terminal', () => {
    expect(progressText(progress, 40)).toHaveLength(39);
  });
});

describe('amounts', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [9_960, '10 kB'],
    [999_600, '1.0 MB'],
    [412_300_000, '412 MB'],
    [1.5e12, '1.5 TB'],
  ])('%i bytes are %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  it.each([
    [0.2, '0 s'],
    [59, '59 s'],
    [61, '1 min 1 s'],
    [3725, '1 h 2 min'],
  ])('%d seconds are %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));
});
