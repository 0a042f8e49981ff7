import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { policyKinds } from '@windlass/policy';
import { capabilities, policyProviders } from '@windlass/policy/generate';
import { afterAll, describe, expect, test } from 'vitest';
import { createCommandTester } from '../testing/command-tester.ts';
import { vendor, vendorFence } from '../testing/vendor-fence.ts';
import { capabilityNames } from './capability-names.ts';

const clean = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::media/a/*' }],
};
const scenario = (id: string, expected: string, action = 's3:GetObject') => ({
  id,
  title: `asks for ${action}`,
  request: {
    principal: 'arn:aws:iam::111122223333:user/ann',
    action,
    resource: 'arn:aws:s3:::media/a/b',
    resourceAccount: '111122223333',
    context: {},
  },
  identity: [clean],
  expect: [expected],
});
const files = {
  'fence.json': JSON.stringify(vendorFence, null, 2),
  'clean.json': JSON.stringify(clean),
  'passing.json': JSON.stringify({
    scenarios: [scenario('ONE', 'Allowed'), scenario('TWO', 'ImplicitlyDenied', 's3:PutObject')],
  }),
  'failing.json': JSON.stringify([
    scenario('ONE', 'Allowed'),
    scenario('TWO', 'Allowed', 's3:PutObject'),
    { id: 'THREE' },
  ]),
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
afterAll(() => tester[Symbol.dispose]());

const helpOf = async (...words: string[]): Promise<string> =>
  (await tester.run([...words, '--help'])).out.replaceAll(/\s+/g, ' ');

describe('windlass policy test', () => {
  test('closes with how many passed', async () => {
    expect(await tester.run(['policy', 'test', 'passing.json'])).toEqual({
      code: 0,
      out: '2 passed, 0 failed\n',
      err: '',
    });
  });

  test('prints each failure, also of a scenario that cannot be read', async () => {
    const { code, out } = await tester.run(['policy', 'test', 'failing.json']);
    expect(out).toContain('FAILED TWO asks for s3:PutObject\n  expected Allowed, got ImplicitlyDenied\n');
    expect(out).toContain('FAILED THREE');
    expect(out.endsWith('1 passed, 2 failed\n')).toBe(true);
    expect(code).toBe(1);
  });

  test('reads a bare list from standard input, and prints JSON', async () => {
    const { code, out } = tester.spawn(['policy', 'test', '--format', 'json'], files['failing.json']);
    expect(JSON.parse(out)).toMatchObject({
      passed: 1,
      failed: 2,
      results: [{ id: 'ONE', passed: true }, {}, {}],
    });
    expect(code).toBe(1);
  });
});

describe('windlass policy evaluate', () => {
  const upload = [
    'policy',
    'evaluate',
    '--bucket-policy',
    'fence.json',
    '--principal',
    vendor,
    '--call',
    'PutObject',
    '--bucket',
    'media',
    '--key',
    'uploads/a.jpg',
  ];

  test('names the statement that decides, and why', async () => {
    const { code, out } = await tester.run(upload);
    expect(out).toMatch(/^ExplicitlyDenied\n/);
    expect(out).toContain('> bucket, statement 2 (Fence)');
    expect(code).toBe(0);
  });

  test('ends with 1 when something else was expected', async () => {
    expect((await tester.run([...upload, '--expect', 'denied'])).code).toBe(0);
    expect((await tester.run([...upload, '--expect', 'allowed'])).code).toBe(1);
  });

  test('takes an action with a context', async () => {
    const args = [
      'policy',
      'evaluate',
      '--identity',
      'clean.json',
      '--action',
      's3:GetObject',
      '--resource',
      'arn:aws:s3:::media/a/b',
      '--context',
      'aws:SourceIp=203.0.113.7',
      '--format',
      'json',
    ];
    expect(JSON.parse((await tester.run(args)).out)).toMatchObject({
      decision: 'Allowed',
      actions: [{ action: 's3:GetObject' }],
    });
  });
});

describe('windlass policy compare', () => {
  test('ends with 0 for a policy and itself, with 1 for what differs', async () => {
    expect(await tester.run(['policy', 'compare', 'clean.json', 'clean.json'])).toMatchObject({
      code: 0,
      out: '1 equal, 0 missing, 0 excess, 0 unknown\n',
    });
    const { code, out } = await tester.run([
      'policy',
      'compare',
      'clean.json',
      '--job',
      'ingest',
      '--bucket',
      'media',
      '--prefix',
      'a/',
    ]);
    expect(out).toContain('missing (Write)');
    expect(out).toContain(
      'add: {"Effect":"Allow","Action":["s3:PutObject"],"Resource":"arn:aws:s3:::media/a/*"}',
    );
    expect(out).toContain('drop: ');
    expect(code).toBe(1);
  });

  test('asks as whom a bucket policy names', async () => {
    const { out } = await tester.run([
      'policy',
      'compare',
      'fence.json',
      '--job',
      'ingest',
      '--bucket',
      'media',
      '--prefix',
      'uploads/',
    ]);
    expect(out).toContain('Statement 2 ("Fence") of the bucket policy denies it');
  });
});

describe('windlass policy generate', () => {
  const job = [
    'policy',
    'generate',
    '--job',
    'ingest-resumable',
    '--bucket',
    'media',
    '--prefix',
    'uploads/',
  ];

  test('writes one document, which lints clean', async () => {
    const { code, out } = await tester.run([...job, '--document', 'identity']);
    expect(code).toBe(0);
    expect(
      tester.spawn(['policy', 'lint', '-', '--kind', 'identity', '--strict', '--format', 'json'], out),
    ).toEqual({ code: 0, out: '[]\n', err: '' });
  });

  test.each(capabilityNames)('writes for %s what lints clean for it', async (name) => {
    const asked = ['--job', name, '--bucket', 'media', '--prefix', 'in/', '--output-prefix', 'out/'];
    const { out } = await tester.run(['policy', 'generate', ...asked, '--document', 'identity']);
    writeFileSync(join(tester.folder, 'generated.json'), out);
    expect(
      await tester.run(['policy', 'lint', 'generated.json', '--kind', 'identity', '--strict', ...asked]),
    ).toEqual({ code: 0, out: 'generated.json: nothing found.\n', err: '' });
  });

  test('writes all documents as one object', async () => {
    const { out } = await tester.run([...job, '--origin', 'https://app.example.com', '--tls-only']);
    expect(JSON.parse(out)).toMatchObject({
      identity: {},
      bucketPolicy: {},
      cors: [{ ID: 'upload' }],
      lifecycle: {},
      trust: null,
    });
  });

  test.each([
    ['cli', 'aws s3api create-bucket'],
    ['terraform', 'resource "aws_s3_bucket" "media"'],
    ['cloudformation', 'AWSTemplateFormatVersion'],
    ['console', '1. Create the bucket'],
  ])('writes the set-up as %s', async (form, text) => {
    expect(await tester.run([...job, '--as', form])).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringContaining(text),
    });
  });

  test.each([
    ['bucket', '--principal'],
    ['trust', '--trust-principal'],
    ['cors', '--origin'],
    ['access-point', '--access-point'],
  ])('names what the %s document is missing', async (document, option) => {
    const { code, out, err } = await tester.run([...job, '--document', document]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(`Give ${option}`);
  });

  test('says why a bucket without TLS gets no policy that asks for it', async () => {
    const asked = [...job, '--provider', 'embedded', '--tls-only', '--document', 'bucket'];
    const { code, err } = await tester.run(asked);
    expect(code).toBe(1);
    expect(err).toContain('speaks plain HTTP');
  });

  test("says what a provider lacks, with the provider's own steps, and ends with 1", async () => {
    const { code, out, err } = await tester.run([...job, '--provider', 'r2', '--document', 'identity']);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('Make an R2 API token');
    expect((await tester.run([...job, '--provider', 'r2', '--as', 'terraform'])).code).toBe(1);
  });
});

describe('windlass cors', () => {
  test('generates rules that it finds nothing in', async () => {
    const { out } = await tester.run([
      'cors',
      'generate',
      '--job',
      'ingest',
      '--origin',
      'https://app.example.com',
    ]);
    expect(
      tester.spawn(
        [
          'cors',
          'lint',
          '--job',
          'ingest',
          '--origin',
          'https://app.example.com',
          '--strict',
          '--format',
          'json',
        ],
        out,
      ),
    ).toEqual({ code: 0, out: '[]\n', err: '' });
  });

  test('finds an origin with a slash', async () => {
    const { code, out } = await tester.run(['cors', 'lint', 'cors.json']);
    expect(out).toMatch(/^cors\.json:1:\d+ error COR001 /m);
    expect(code).toBe(1);
  });

  test('says of a policy what it is, and of rules that are taken for a policy, in one line', async () => {
    const policy = await tester.run(['cors', 'lint', 'clean.json']);
    expect(policy).toMatchObject({ code: 1, err: '' });
    expect(policy.out).toMatch(/^.*This is a policy, no list of CORS rules: use windlass policy lint\n$/);
    const rules = await tester.run(['policy', 'lint', 'cors.json']);
    expect(rules).toMatchObject({ code: 1, err: '' });
    expect(rules.out).toMatch(/^.*This is a list of CORS rules, no policy: use windlass cors lint\n$/);
  });

  test('ends with 1 where the provider has no rules', async () => {
    expect(
      await tester.run([
        'cors',
        'generate',
        '--job',
        'ingest',
        '--origin',
        'https://a.example',
        '--provider',
        'minio',
      ]),
    ).toMatchObject({ code: 1, out: '' });
  });
});

describe('the help of policy and cors', () => {
  test.each([
    [['policy']],
    [['policy', 'generate']],
    [['policy', 'lint']],
    [['policy', 'evaluate']],
    [['policy', 'compare']],
    [['policy', 'test']],
    [['cors']],
    [['cors', 'generate']],
    [['cors', 'lint']],
  ])('has examples at %j', async (args) => {
    const { code, out } = await tester.run([...args, '--help']);
    expect(code).toBe(0);
    expect(out).toMatch(/Examples:?\n {2}\S*.*windlass/);
  });

  test('names every job, provider and kind', async () => {
    const generate = await helpOf('policy', 'generate');
    for (const name of [...capabilityNames, ...policyProviders]) expect(generate).toContain(name);
    expect(capabilityNames).toHaveLength(capabilities.length);
    const lint = await helpOf('policy', 'lint');
    for (const kind of policyKinds)
      expect(lint).toContain(kind.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));
  });
});
