import { join } from 'node:path';

/**
 * How the windlass command is run by the Node it wants. The young half of the heap is kept small, and what grows out of it is
 * collected before it grows far: a command that moves thousands of files keeps little of them.
 */
export const cliArguments = (root, args) => [
  '--max-semi-space-size=2',
  '--optimize-for-size',
  join(root, 'packages', 'cli', 'src', 'main.ts'),
  ...args,
];
