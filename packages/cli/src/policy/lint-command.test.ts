import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createCommandTester } from '../testing/command-tester.ts';
import { vendorFence } from '../testing/vendor-fence.ts';

const clean = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::media/a/*' }],
};
const files = {
  'fence.json': JSON.stringify(vendorFence, null, 2),
  'clean.json': JSON.stringify(clean),
  'warned.json': JSON.stringify({ Statement: clean.Statement }),
  'broken.json': '{ "Statement": [',
  'odd.json': JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ ...clean.Statement[0], Action: 's3:\u001B[31mred' }],
  }),
  'cors.json': JSON.stringify([
    {
      AllowedOrigins: ['https://a.example/'],
      AllowedMethods: ['PUT'],
      ExposeHeaders: ['ETag'],
      AllowedHeaders: ['*'],
      MaxAgeSeconds: 60,
    },
  ]),
};
const tester = createCommandTester(files);
mkdirSync(join(tester.folder, 'folder.json'));
afterAll(() => tester[Symbol.dispose]());

const findings = z.array(
  z.strictObject({
    rule: z.string(),
    severity: z.string(),
    line: z.int(),
    column: z.int(),
    message: z.string(),
  }),
);

describe('windlass policy lint', () => {
  test('prints an array of findings for machines, and ends with 1 for an error', async () => {
    const { code, out, err } = await tester.run([
      'policy',
      'lint',
      'fence.json',
      '--kind',
      'bucket',
      '--format',
      'json',
    ]);
    expect(findings.parse(JSON.parse(out))).toEqual(
      expect.arrayContaining([expect.objectContaining({ rule: 'S3C002', severity: 'error', line: 23 })]),
    );
    expect({ code, err }).toEqual({ code: 1, err: '' });
  });

  test('prints file, line and column for people, and what can be mended', async () => {
    const { out } = await tester.run(['policy', 'lint', 'fence.json', '--kind', 'bucket']);
    expect(out).toMatch(/^fence\.json:23:\d+ error S3C002 /m);
    expect(out).toContain('fix: ');
    expect(out).not.toContain('\u001B[');
  });

  test.each([
    'Bucket',
    'RESOURCE',
    'access-point',
    'accessPoint',
    'AP',
    'vpc_endpoint',
    'Session',
    'user',
    'role',
  ])('knows the kind %s', async (kind) => {
    expect(
      (await tester.run(['policy', 'lint', 'clean.json', '--kind', kind, '--format', 'json'])).code,
    ).not.toBe(2);
  });

  test('guesses the kind from what stands in the policy, and says so', async () => {
    expect((await tester.run(['policy', 'lint', 'fence.json'])).err).toContain('of the kind bucket');
    expect((await tester.run(['policy', 'lint', 'clean.json'])).err).toContain('of the kind identity');
  });

  test('reads standard input, by its name and without one', async () => {
    for (const args of [['-'], []]) {
      const { code, out } = tester.spawn(
        ['policy', 'lint', ...args, '--kind', 'bucket'],
        JSON.stringify(vendorFence),
      );
      expect(code).toBe(1);
      expect(out).toMatch(/^-:1:\d+ error S3C002 /m);
    }
  });

  test('says that standard input is empty', async () => {
    const { code, err } = tester.spawn(['policy', 'lint', '-'], '');
    expect(code).toBe(2);
    expect(err).toBe('error: Standard input is empty. Name a file, or pipe one in.\n');
  });

  test('lets warnings pass unless it is to be strict', async () => {
    expect((await tester.run(['policy', 'lint', 'warned.json', '--kind', 'identity'])).code).toBe(0);
    expect((await tester.run(['policy', 'lint', 'warned.json', '--kind', 'identity', '--strict'])).code).toBe(
      1,
    );
    expect((await tester.run(['policy', 'lint', 'clean.json', '--kind', 'identity', '--strict'])).code).toBe(
      0,
    );
  });

  test('takes broken JSON for a finding', async () => {
    const { code, out } = await tester.run([
      'policy',
      'lint',
      'broken.json',
      '--kind',
      'identity',
      '--format',
      'json',
    ]);
    expect(findings.parse(JSON.parse(out))[0]?.rule).toBe('S3P001');
    expect(code).toBe(1);
  });

  test('lets no policy steer the terminal', async () => {
    const { out } = await tester.run(['policy', 'lint', 'odd.json', '--kind', 'identity']);
    expect(out).toContain('red');
    expect(out).not.toContain('\u001B');
  });

  test.each([
    [['policy', 'lint', 'nowhere.json', '--kind', 'bucket'], 'nowhere.json is not there.'],
    [['policy', 'lint', 'folder.json'], 'folder.json is a folder.'],
    [['policy', 'lint', 'clean.json', '--kind', 'bukket'], 'There is no kind of policy "bukket".'],
    [['policy', 'lint', 'clean.json', '--provider', 'azure'], 'There is no provider "azure".'],
    [['policy', 'lint', 'clean.json', '--job', 'fly'], 'There is no job "fly".'],
    [['policy', 'lint', 'clean.json', '--format', 'xml'], 'xml'],
    [['policy', 'nonsense'], 'nonsense'],
    [['policy', 'test', 'broken.json'], 'broken.json is not JSON'],
    [['policy', 'test', 'clean.json'], 'clean.json is no file of scenarios'],
    [['policy', 'compare', 'clean.json'], 'Name a second policy, or a job'],
    [['policy', 'compare', 'clean.json', 'cors.json'], 'cors.json is no policy'],
    [['policy', 'evaluate', '--identity', 'clean.json'], '--action'],
    [
      ['policy', 'evaluate', '--identity', 'clean.json', '--call', 'FlyObject', '--bucket', 'media'],
      'FlyObject',
    ],
    [
      [
        'policy',
        'evaluate',
        '--identity',
        'clean.json',
        '--call',
        'GetObject',
        '--bucket',
        'b',
        '--key',
        'k',
        '--context',
        'x',
      ],
      '--context',
    ],
    [['policy', 'generate', '--job', 'ingest'], '--bucket'],
    [
      ['policy', 'generate', '--job', 'ingest', '--bucket', 'media', '--prefix', 'no-slash'],
      '--prefix ends in a slash',
    ],
    [
      ['policy', 'generate', '--job', 'ingest', '--bucket', 'media', '--external-id', 'x'],
      '--trust-principal',
    ],
    [['cors', 'generate', '--job', 'ingest', '--origin', 'https://a.example/'], '--origin'],
  ])('ends %j with 2 and one clear line', async (args, line) => {
    const { code, out, err } = await tester.run(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(line);
    expect(err).not.toMatch(/^\s+at /m);
  });
});
