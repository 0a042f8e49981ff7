import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './tests/support/longest-first.ts';

/** What is measured in them is not to be shared with another file: they come after all others, one by one. */
const measured = ['tests/security/image-bombs.test.ts'];

/**
 * Servers and commands that tests start are TypeScript as it stands: of the 1.5 s of processor time that each start
 * takes, half goes into stripping and compiling the same files again. Node keeps what came of it here, by the content
 * of each file (https://nodejs.org/api/module.html#module-compile-cache).
 */
const env = { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/node-compile') };
const slow = { env, testTimeout: 120_000, hookTimeout: 120_000 };

/** Units run in one shared module graph; everything that starts a server, a browser or a database has a project of its own. */
export default defineConfig({
  test: {
    reporters: ['default'],
    // A worker for every core: one fewer, as is the default, is half of a machine with two.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    globalSetup: ['tests/support/postgres-global-setup.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            'packages/*/src/**/*.test.ts',
            'apps/server/src/{kernel,config,platform,features}/**/*.test.ts',
            'apps/web/src/**/*.test.ts',
            'scripts/**/*.test.js',
          ],
          exclude: ['**/*.db.test.ts', '**/node_modules/**'],
          setupFiles: ['packages/images/src/operations/testing/fonts.ts'],
          isolate: false,
          env,
          testTimeout: 30_000,
          // Servers let requests end that hang, for ten seconds.
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'database',
          include: ['apps/server/src/**/*.db.test.ts'],
          // The whole server is imported once a worker, and not for each of fifty files.
          isolate: false,
          ...slow,
        },
      },
      {
        test: {
          name: 'conformance',
          include: ['tests/conformance/**/*.test.ts'],
          ...slow,
        },
      },
      {
        test: {
          name: 'security',
          include: ['tests/security/**/*.test.ts'],
          exclude: measured,
          ...slow,
        },
      },
      {
        test: {
          name: 'crash',
          include: ['tests/crash/**/*.test.ts'],
          ...slow,
        },
      },
      {
        test: {
          name: 'alone',
          include: measured,
          sequence: { groupOrder: 1 },
          fileParallelism: false,
          ...slow,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          // Two pages share the cores: what they show may be later than vitest's one second.
          expect: { poll: { timeout: 10_000 } },
          ...slow,
        },
      },
    ],
  },
});
