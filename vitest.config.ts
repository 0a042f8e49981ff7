import { defineConfig } from 'vitest/config';

/** Groups run one after another, so that what is killed, measured or looked at in a browser has the machine to itself. */
const order = { security: 1, crash: 2, browser: 3 } as const;
const alone = (groupOrder: number) => ({ fileParallelism: false, sequence: { groupOrder } });
const slow = { testTimeout: 120_000, hookTimeout: 120_000 };

/** Units run in one shared module graph; everything that starts a server, a browser or a database has a project of its own. */
export default defineConfig({
  test: {
    reporters: ['default'],
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
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'database',
          include: ['apps/server/src/**/*.db.test.ts'],
          globalSetup: ['tests/support/postgres-global-setup.ts'],
          ...slow,
        },
      },
      {
        test: {
          name: 'conformance',
          include: ['tests/conformance/**/*.test.ts'],
          globalSetup: ['tests/support/postgres-global-setup.ts'],
          ...slow,
        },
      },
      {
        test: {
          name: 'security',
          include: ['tests/security/**/*.test.ts'],
          globalSetup: ['tests/support/postgres-global-setup.ts'],
          ...alone(order.security),
          ...slow,
        },
      },
      { test: { name: 'crash', include: ['tests/crash/**/*.test.ts'], ...alone(order.crash), ...slow } },
      { test: { name: 'e2e', include: ['tests/e2e/**/*.test.ts'], ...alone(order.browser), ...slow } },
    ],
  },
});
