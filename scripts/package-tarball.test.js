import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findNode, withNodeOnPath } from './find-node.js';
import { packPackage } from './package-tarball.js';
import { repositoryRoot as root } from './repository-root.js';

const minute = 60_000;
const manifest = JSON.parse(readFileSync(join(root, 'packages/policy/package.json'), 'utf8'));
const entries = Object.keys(manifest.exports).map((entry) => entry.replace('.', '@windlass/policy'));

// The Node of the system is what most users have; the repository brings a newer one.
const nodes = [findNode(root), '/usr/bin/node'].filter((path) => existsSync(path));

const npm = (folder, ...args) =>
  execFileSync('npm', args, { cwd: folder, encoding: 'utf8', env: withNodeOnPath(findNode(root)) });

/** What users run and write, for each package. */
const published = [
  {
    name: 'policy',
    tarball: 'windlass-policy-0.1.0.tgz',
    needs: [],
    program: `
      const counts = [];
      for (const entry of ${JSON.stringify(entries)}) counts.push(Object.keys(await import(entry)).length);
      const { evaluate } = await import('@windlass/policy');
      const statement = { Effect: 'Allow', Action: 's3:Get*', Resource: 'arn:aws:s3:::b/*' };
      const { decision } = evaluate(
        { principal: 'arn:aws:iam::111122223333:user/ann', action: 's3:GetObject', resource: 'arn:aws:s3:::b/k', resourceAccount: '111122223333', context: {} },
        { identity: [{ Version: '2012-10-17', Statement: [statement] }] },
      );
      console.log(decision, counts.every((count) => count > 0));`,
    prints: 'Allowed true',
    typed: `
      import { evaluate, type Evaluation } from '@windlass/policy';
      export const decisionOf = (evaluation: Evaluation): 'Allowed' | 'ExplicitlyDenied' | 'ImplicitlyDenied' => evaluation.decision;
      export const run = evaluate;`,
  },
  {
    name: 'sdk',
    tarball: 'windlass-sdk-0.1.0.tgz',
    // Packed out of the workspace, as the test asks no registry.
    needs: ['node_modules/@noble/hashes'],
    program: `
      const { createSource } = await import('@windlass/sdk');
      const keys = { secureKey: 'c2VjdXJlLWtleQ==', secureSalt: 'c2VjdXJlLXNhbHQ=' };
      const url = createSource({ name: 'photos', host: 'localhost', keys }).url('a b.jpg', { aspectRatio: '16:9' });
      console.log(url.replace(/[\\w-]{43}$/, 'SIGNED'));`,
    prints: 'https://localhost/photos/a%20b.jpg?aspect-ratio=16%3A9&signature=SIGNED',
    typed: `
      import { createSource, type ImageSource } from '@windlass/sdk';
      export const photos: ImageSource = createSource({ name: 'photos', host: 'images.example.com' });
      export const url: string = photos.url('cats/tom.jpg', { width: 600, format: 'auto' });`,
  },
  {
    name: 'transfer',
    tarball: 'windlass-transfer-0.1.0.tgz',
    needs: [
      'file-type',
      'strtok3',
      'token-types',
      'uint8array-extras',
      '@tokenizer/inflate',
      '@tokenizer/token',
      '@borewit/text-codec',
      'ieee754',
      'debug',
      'ms',
    ].map((dependency) => `node_modules/${dependency}`),
    program: `
      const { createFetchSender, createUploadApi, createUploader, sourceOfFile } = await import('@windlass/transfer');
      const api = createUploadApi({ origin: 'http://127.0.0.1:9', token: 'wu_' });
      const uploader = createUploader({ api, send: createFetchSender(), attempts: 1 });
      uploader.add([sourceOfFile(new File(['GIF89a'], 'a.gif'))]);
      const { items } = await uploader.done();
      console.log(items[0].state, items[0].error.code, items[0].type);`,
    prints: 'failed network image/gif',
    typed: `
      import { createUploadApi, createUploader, createXhrSender, sourceOfFile, type UploadItem } from '@windlass/transfer';
      const api = createUploadApi({ origin: 'https://windlass.example.com', token: 'wu_' });
      const uploader = createUploader({ api, send: createXhrSender() });
      export const add = (files: File[]): UploadItem[] => uploader.add(files.map((file) => sourceOfFile(file)));`,
  },
];

describe.each(published)(
  'the published package $name',
  ({ name, tarball, needs, program, prints, typed }) => {
    let folder;
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'windlass-package-'));
      const made = await packPackage(root, name, folder);
      expect(made).toBe(join(folder, tarball));
      writeFileSync(join(folder, 'package.json'), '{"name":"user","private":true,"type":"module"}');
      const packed = needs.map((path) => `./${npm(folder, 'pack', '--silent', join(root, path)).trim()}`);
      npm(folder, 'install', '--offline', '--no-audit', '--no-fund', ...packed, `./${tarball}`);
    }, 2 * minute);
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    test.each(nodes)('runs as JavaScript on %s, by each of its entries', (node) => {
      const output = execFileSync(node, ['--input-type=module', '-e', program], {
        cwd: folder,
        encoding: 'utf8',
      });
      expect(output.trim()).toBe(prints);
    });

    test('has declarations that a strict project takes', () => {
      writeFileSync(join(folder, 'use.ts'), typed);
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
  },
);

/** Bytes of what a page loads that uses all of these sources: bundled, minified, gzipped. */
const gzippedBytes = async (source) => {
  const { output } = await build({
    root,
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      modulePreload: false,
      rolldownOptions: {
        input: join(root, 'packages/policy', source),
        preserveEntrySignatures: 'strict',
      },
    },
  });
  expect(output).toHaveLength(1);
  return gzipSync(output[0].code, { level: 9 }).length;
};

/**
 * What each entry weighs with everything that it needs, in thousands of bytes. The bounds are close above what is
 * measured, so that growth is seen where it happens; README and docs tell these numbers.
 */
const weights = {
  '.': 16,
  './lint': 46.6,
  './rules': 57.5,
  './generate': 13,
  './render': 8.4,
  './compare': 20,
};

describe('the weight of the policy package in a page', () => {
  test.each(Object.entries(manifest.exports))('%s is as light as it was', async (entry, source) => {
    const bytes = await gzippedBytes(source);
    expect(bytes).toBeLessThan(weights[entry] * 1000);
    expect(bytes).toBeGreaterThan(weights[entry] * 1000 * 0.95);
  });

  test('evaluates, with the table of S3, in less than half of 25 kB', async () => {
    expect(await gzippedBytes('src/evaluate/evaluate.ts')).toBeLessThan(12_500);
  });
});
