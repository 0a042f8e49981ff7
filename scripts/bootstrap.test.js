import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { buildServer } from './build-server.js';
import { findNode } from './find-node.js';
import { isInstalled } from './install-dependencies.js';
import { sourceHash } from './source-hash.js';
import { findMissing, installLine, provideRequirements } from './test-requirements.js';
import { summarise, summaryLine } from './test-summary.js';

let root;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'windlass-bootstrap-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const write = (path, content, mode) => {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content), { mode });
};

const lock = (version) => ({
  packages: {
    '': { name: 'windlass' },
    'packages/cli': { version: '0.1.0' },
    'node_modules/@windlass/cli': { link: true },
    'node_modules/kysely': { version },
    'node_modules/only-on-macos': { version: '1.0.0', optional: true },
  },
});

const ownNode = `node_modules/node-${process.platform}-${process.arch}/bin/node`;

/** A system that has nothing but what is on the PATH, and where we may install nothing. */
const bareSystem = { isRoot: false, isDebian: true, moreFolders: [] };

const givePrograms = (names) => {
  for (const name of names) write(`bin/${name}`, '', 0o755);
  return { PATH: join(root, 'bin') };
};

describe('isInstalled', () => {
  test('is false without node_modules, and after an installation that was cut short', () => {
    write('package-lock.json', lock('1.0.0'));
    expect(isInstalled(root)).toBe(false);
    write('node_modules/kysely/package.json', {});
    expect(isInstalled(root)).toBe(false);
  });

  test('accepts what somebody installed by hand, and notices when the lockfile asks for more', () => {
    write('package-lock.json', lock('1.0.0'));
    write('node_modules/.package-lock.json', { packages: { 'node_modules/kysely': { version: '1.0.0' } } });
    expect(isInstalled(root)).toBe(true);
    write('package-lock.json', lock('1.0.1'));
    expect(isInstalled(root)).toBe(false);
    write('node_modules/.package-lock.json', { packages: { 'node_modules/kysely': { version: '1.0.1' } } });
    expect(isInstalled(root)).toBe(true);
  });
});

describe('findNode', () => {
  test('takes the one that comes with the repository', () => {
    write(ownNode, '#!/bin/sh\nexit 0\n', 0o755);
    expect(findNode(root, { path: '/usr/bin/node', version: '20.0.0' })).toBe(join(root, ownNode));
  });

  test('falls back to the current one where that cannot run, if it is new enough', () => {
    write(ownNode, '#!/nonexistent/loader\n', 0o755);
    expect(findNode(root, { path: '/opt/node', version: '24.1.0' })).toBe('/opt/node');
    expect(() => findNode(root, { path: '/usr/bin/node', version: '20.19.0' })).toThrow(
      /needs Node 24 or later/,
    );
  });
});

describe('sourceHash', () => {
  test('changes with every source and not with what was built from them', () => {
    write('package-lock.json', {});
    write('apps/web/src/main.tsx', 'one');
    write('packages/contract/src/index.ts', 'two');
    const directories = ['apps/web', 'packages'];
    const first = sourceHash(root, directories);
    write('apps/web/dist/index.html', 'built');
    write('apps/web/node_modules/x/index.js', 'installed');
    expect(sourceHash(root, directories)).toBe(first);
    write('packages/contract/src/index.ts', 'three');
    expect(sourceHash(root, directories)).not.toBe(first);
  });
});

describe('the file to start the server by', () => {
  beforeEach(() => {
    write('package-lock.json', {});
    write('packages/contract/src/index.ts', 'one');
    write('apps/server/src/main.ts', 'two');
  });

  test('is what was built from just these sources, else is built', async () => {
    write('node_modules/rolldown/package.json', {});
    // It builds nothing but an empty file, of the name that it is given.
    write(
      'apps/server/bundle.ts',
      "import { mkdirSync, writeFileSync } from 'node:fs'; import { dirname } from 'node:path'; const [, , file] = process.argv; mkdirSync(dirname(file), { recursive: true }); writeFileSync(file, '');",
    );
    const first = await buildServer(root, process.execPath);
    expect(first).toContain(join(root, 'apps/server/dist'));
    expect(existsSync(first)).toBe(true);
    expect(await buildServer(root, process.execPath)).toBe(first);
    write('apps/server/src/main.ts', 'three');
    const second = await buildServer(root, process.execPath);
    expect(second).not.toBe(first);
    expect(existsSync(second)).toBe(true);
    write('apps/server/bundle.ts', 'throw new Error("no room")');
    await expect(buildServer(root, process.execPath)).rejects.toThrow(/could not be built:[^]*no room/);
  });

  test('is the sources where there is nothing to build with, or no room for what is built', async () => {
    expect(await buildServer(root, process.execPath)).toBe(join(root, 'apps/server/src/main.ts'));
    write('node_modules/rolldown/package.json', {});
    write('apps/server/dist', 'a file, so that no folder can be made');
    expect(await buildServer(root, process.execPath)).toBe(join(root, 'apps/server/src/main.ts'));
  });
});

describe('what the suites need', () => {
  test('is found on the PATH, by any of its names', () => {
    const env = givePrograms([
      'ceph-mon',
      'ceph-osd',
      'radosgw',
      'radosgw-admin',
      'ceph',
      'google-chrome',
      'heif-enc',
    ]);
    expect(findMissing(env, bareSystem)).toEqual([]);
    chmodSync(join(root, 'bin', 'google-chrome'), 0o644);
    expect(findMissing(env, bareSystem).map(({ name }) => name)).toEqual(['chromium']);
    rmSync(join(root, 'bin', 'radosgw'));
    expect(installLine(findMissing(env, bareSystem))).toBe(
      'apt-get update && apt-get install -y --no-install-recommends ceph-mon ceph-osd radosgw ceph-common chromium',
    );
  });

  test('names what is skipped when it is missing, and is an error with CI=true', async () => {
    const env = { PATH: join(root, 'empty') };
    expect(await provideRequirements({ env, system: bareSystem })).toEqual(['ceph', 'chromium', 'heif-enc']);
    await expect(provideRequirements({ env: { ...env, CI: 'true' }, system: bareSystem })).rejects.toThrow(
      /SKIPPED for want of ceph.*apt-get install.*nothing may be skipped/s,
    );
  });
});

describe('the last line', () => {
  test('counts a file that did not load as a failure', () => {
    const report = {
      numPassedTests: 3,
      numFailedTests: 1,
      numPendingTests: 2,
      numTodoTests: 0,
      testResults: [
        { status: 'passed', assertionResults: [{ status: 'passed' }] },
        { status: 'failed', assertionResults: [{ status: 'failed' }] },
        { status: 'failed', assertionResults: [] },
      ],
    };
    expect(summaryLine(summarise(report))).toBe('3 passed, 2 failed, 2 skipped');
  });
});

describe('runChild', () => {
  const runner = `
    const { runChild } = await import(${JSON.stringify(new URL('run-child.js', import.meta.url).href)});
    process.exitCode = await runChild(process.execPath, ['--eval', process.argv[1]]);`;
  const start = (script) =>
    spawn(process.execPath, ['--input-type=module', '--eval', runner, script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });

  test('keeps the exit code', async () => {
    const [code] = await once(start('process.exit(7)'), 'exit');
    expect(code).toBe(7);
  });

  test('passes one signal on once, however often it comes, and waits for the end', async () => {
    const child = start(`
      let seen = 0;
      process.on('SIGINT', () => { seen += 1; setTimeout(() => { console.log('seen', seen); process.exit(3); }, 300); });
      setInterval(() => {}, 1000);
      console.log('ready');`);
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    await expect.poll(() => output).toContain('ready');
    child.kill('SIGINT');
    child.kill('SIGINT');
    const [code] = await once(child, 'exit');
    expect(code).toBe(3);
    expect(output).toContain('seen 1');
  });
});
