import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface ChildCommand {
  file: string;
  args: string[];
}

const shell = '/bin/sh';

/**
 * What a child has mapped as writable before it decodes anything. V8 maps its whole code range writable, 512 MiB on
 * x64; the rest are the stacks of its threads, its heap, and sharp.
 */
const restingDataBytes = 704 * 1024 * 1024;

/**
 * Runs in the shell that becomes the child. RLIMIT_DATA counts private writable mappings (setrlimit(2), Linux 4.7), so
 * an allocation beyond it fails at once, before a page is touched; what V8 only reserves is not writable and does not
 * count. No core file ever holds somebody's picture. When the machine runs out of memory a renderer goes, not us.
 */
const prologue = (dataKib: number): string =>
  [
    'ulimit -c 0 2>/dev/null',
    `ulimit -d ${dataKib} 2>/dev/null`,
    '{ echo 800 >/proc/self/oom_score_adj; } 2>/dev/null',
    'exec "$0" "$@"',
  ].join('; ');

/** The command of a renderer that may hold `maxRssBytes`. Without a shell (not on Linux) only polling bounds it. */
export const childCommand = (maxRssBytes: number): ChildCommand => {
  const node = [
    // Flags and options of this process (a debugger's port, a test runner's loader) are not the child's.
    '--max-old-space-size=256',
    '--v8-pool-size=1',
    fileURLToPath(new URL('child.ts', import.meta.url)),
  ];
  if (process.platform !== 'linux' || !existsSync(shell)) return { file: process.execPath, args: node };
  const dataKib = Math.ceil((restingDataBytes + maxRssBytes) / 1024);
  return { file: shell, args: ['-c', prologue(dataKib), process.execPath, ...node] };
};
