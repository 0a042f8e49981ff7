import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findNode, withNodeOnPath } from './find-node.js';
import { packPolicy } from './policy-package.js';
import { repositoryRoot as root } from './repository-root.js';

const minute = 60_000;

describe('the published policy package', () => {
  let folder;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'windlass-policy-package-'));
    const tarball = await packPolicy(root, folder);
    writeFileSync(join(folder, 'package.json'), '{"name":"user","private":true,"type":"module"}');
    execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], {
      cwd: folder,
      env: withNodeOnPath(findNode(root)),
      stdio: 'ignore',
    });
  }, 2 * minute);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const entries = Object.keys(
    JSON.parse(readFileSync(join(root, 'packages/policy/package.json'), 'utf8')).exports,
  ).map((entry) => entry.replace('.', '@windlass/policy'));

  const program = `
    const counts = [];
    for (const entry of ${JSON.stringify(entries)}) counts.push(Object.keys(await import(entry)).length);
    const { evaluate } = await import('@windlass/policy');
    const statement = { Effect: 'Allow', Action: 's3:Get*', Resource: 'arn:aws:s3:::b/*' };
    const { decision } = evaluate(
      { principal: 'arn:aws:iam::111122223333:user/ann', action: 's3:GetObject', resource: 'arn:aws:s3:::b/k', resourceAccount: '111122223333', context: {} },
      { identity: [{ Version: '2012-10-17', Statement: [statement] }] },
    );
    console.log(decision, counts.every((count) => count > 0));`;

  // The Node of the system is what most users have; the repository brings a newer one.
  const nodes = [findNode(root), '/usr/bin/node'].filter((path) => existsSync(path));

  test.each(nodes)('runs as JavaScript on %s, by each of its entries', (node) => {
    const output = execFileSync(node, ['--input-type=module', '-e', program], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(output.trim()).toBe('Allowed true');
  });

  test('has declarations that a strict project takes', () => {
    writeFileSync(
      join(folder, 'use.ts'),
      `import { evaluate, type Evaluation } from '@windlass/policy';
       export const decisionOf = (evaluation: Evaluation): 'Allowed' | 'ExplicitlyDenied' | 'ImplicitlyDenied' => evaluation.decision;
       export const run = evaluate;`,
    );
    const tsc = join(root, 'node_modules/typescript-7/bin/tsc');
    const args = [
      '--strict',
      '--noEmit',
      '--target',
      'es2022',
      '--module',
      'nodenext',
      '--types',
      '',
      'use.ts',
    ];
    expect(() =>
      execFileSync(findNode(root), [tsc, ...args], { cwd: folder, encoding: 'utf8' }),
    ).not.toThrow();
  });
});

/** Bytes of what a page would load: bundled, minified, gzipped. */
const gzippedBytes = async (entry) => {
  const [{ output }] = await build({
    root,
    configFile: false,
    logLevel: 'silent',
    build: { write: false, minify: true, lib: { entry, formats: ['es'], fileName: 'policy' } },
  });
  return gzipSync(output[0].code, { level: 9 }).length;
};

describe('the weight of the policy package in a page', () => {
  test.each([
    ['evaluation with the table of S3', 'evaluate/evaluate.ts', 12],
    ['calls of the S3 API on top', 'calls/evaluate-call.ts', 15],
    ['all that the package gives by its own name', 'index.ts', 25],
  ])('%s (%s) is below %i KiB', async (_, file, kibibytes) => {
    expect(await gzippedBytes(join(root, 'packages/policy/src', file))).toBeLessThan(kibibytes * 1024);
  });
});
