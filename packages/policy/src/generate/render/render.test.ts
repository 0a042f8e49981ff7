import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GenerateInput } from '../generate-input.ts';
import { generate } from '../generate.ts';
import { PolicyInputError } from '../policy-input-error.ts';
import { consoleSteps } from './console-steps.ts';
import { hclString } from './hcl.ts';
import { renderCli } from './render-cli.ts';
import { renderCloudFormation } from './render-cloudformation.ts';
import { renderTerraform } from './render-terraform.ts';
import { yaml } from './yaml.ts';

const nasty = `it's $(touch x) \`y\` "q" \${HOME} %{if} \\n *?日本/`;
const role: GenerateInput = {
  capabilities: ['process'],
  provider: 'aws',
  bucket: 'media',
  prefix: nasty,
  outputPrefix: 'out/',
  region: 'eu-central-1',
  accountId: '111122223333',
  trust: { principal: '444455556666', externalId: 'con_1' },
  webIdentity: { issuer: 'id.example', audience: 'windlass', subject: 'connection:con_1' },
  origins: ['https://app.example.com'],
  addOns: { tlsOnly: true, writeOnce: true },
};
const user: GenerateInput = {
  capabilities: ['ingestResumable', 'deliver'],
  provider: 'aws',
  bucket: 'media',
  prefix: nasty,
  origins: ['https://app.example.com'],
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'windlass-render-'));
  // Stands where the AWS CLI would and writes down how it was called.
  const aws = `#!/bin/sh\nn=$(ls "$CALLS" | wc -l)\nprintf '%s\\n' "$@" > "$CALLS/$n.args"\ncase "$*" in *file:///dev/stdin*) cat > "$CALLS/$n.document";; esac\n`;
  writeFileSync(join(folder, 'aws'), aws);
  chmodSync(join(folder, 'aws'), 0o755);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a script in a real shell and gives back the calls of `aws` with the documents that reached it. */
const run = (script: string) => {
  const calls = mkdtempSync(join(folder, 'calls-'));
  const { status, stderr } = spawnSync('sh', ['-eu'], {
    input: script,
    cwd: calls,
    env: { PATH: `${folder}:/usr/bin:/bin`, CALLS: calls },
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const files = readdirSync(calls);
  expect(files.filter((name) => !/\.(args|document)$/.test(name))).toEqual([]);
  return files
    .filter((name) => name.endsWith('.args'))
    .toSorted((one, other) => Number.parseInt(one, 10) - Number.parseInt(other, 10))
    .map((name) => {
      const document = name.replace('.args', '.document');
      return {
        args: readFileSync(join(calls, name), 'utf8').trim().split('\n'),
        document: files.includes(document)
          ? (JSON.parse(readFileSync(join(calls, document), 'utf8')) as unknown)
          : null,
      };
    });
};

describe('renderCli', () => {
  test('hands each document to the CLI as it was generated, whatever the prefix holds', () => {
    const documents = generate(role);
    const calls = run(renderCli(documents, role));
    const documentOf = (verb: string) => calls.find(({ args }) => args.includes(verb))?.document;
    expect(documentOf('put-role-policy')).toEqual(documents.identity);
    expect(documentOf('create-role')).toEqual(documents.trust);
    expect(documentOf('put-bucket-policy')).toEqual(documents.bucketPolicy);
    expect(documentOf('put-bucket-lifecycle-configuration')).toEqual(documents.lifecycle);
    expect(calls.map(({ args }) => args[1])).toEqual([
      'create-bucket',
      'put-public-access-block',
      'put-bucket-ownership-controls',
      'put-bucket-encryption',
      'put-bucket-lifecycle-configuration',
      'put-bucket-policy',
      'create-open-id-connect-provider',
      'create-role',
      'put-role-policy',
    ]);
  });

  test('makes a user with a key where there is no role', () => {
    const documents = generate(user);
    const calls = run(renderCli(documents, user, { createBucket: false }));
    expect(calls.map(({ args }) => args[1])).toEqual(
      expect.arrayContaining(['put-bucket-cors', 'create-user', 'put-user-policy', 'create-access-key']),
    );
    expect(calls.map(({ args }) => args[1])).not.toContain('create-bucket');
    expect(calls.find(({ args }) => args[1] === 'put-bucket-cors')?.document).toEqual({
      CORSRules: documents.cors,
    });
  });

  test('asks another provider at its endpoint, and for nothing that it lacks', () => {
    const input: GenerateInput = { ...user, provider: 'ceph', prefix: 'in/' };
    const calls = run(renderCli(generate(input), input, { endpoint: 'http://127.0.0.1:7480' }));
    expect(calls.every(({ args }) => args.includes('http://127.0.0.1:7480'))).toBe(true);
    expect(calls.map(({ args }) => args[1])).not.toContain('put-bucket-encryption');
  });

  test('names a role of another account without making it', () => {
    const input: GenerateInput = { ...user, principal: 'arn:aws:iam::444455556666:role/path/windlass' };
    const calls = run(renderCli(generate(input), input));
    expect(calls.at(-1)?.args.slice(0, 4)).toEqual(['iam', 'put-role-policy', '--role-name', 'windlass']);
  });
});

describe('renderTerraform', () => {
  const text = renderTerraform(generate(role), role) ?? '';

  test('keeps the documents, with templates switched off', () => {
    const documents = [...text.matchAll(/<<JSON\n([\s\S]*?)\nJSON\n/g)].map(([, body = '']) => {
      // Every start of a template is doubled, and none is left alone.
      expect(body.replaceAll('$${', '').replaceAll('%%{', '')).not.toMatch(/[$%]\{/);
      return JSON.parse(body.replaceAll('$${', () => '${').replaceAll('%%{', '%{')) as unknown;
    });
    const { bucketPolicy, trust, identity } = generate(role);
    expect(documents).toEqual([bucketPolicy, trust, identity]);
  });

  test('aligns its arguments as terraform fmt does', () => {
    expect(text).toContain('  block_public_acls       = true\n  block_public_policy     = true\n');
  });

  test('is for AWS only', () => {
    const input: GenerateInput = { ...user, provider: 'minio', prefix: 'in/' };
    expect(renderTerraform(generate(input), input)).toBeNull();
    expect(renderCloudFormation(generate(input), input)).toBeNull();
  });

  test('doubles each start of a template and leaves all else to JSON', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('$', '%', '{', '}', '"', '\\', 'é', ' ') }),
        (content) => {
          const read = hclString(content).replaceAll(/([$%])\1\{/g, (_, sign: string) => `${sign}{`);
          expect(JSON.parse(read)).toBe(content);
        },
      ),
    );
  });
});

describe('renderCloudFormation', () => {
  test('holds the whole set-up', () => {
    const text = renderCloudFormation(generate(role), role) ?? '';
    for (const type of ['S3::Bucket', 'S3::BucketPolicy', 'IAM::OIDCProvider', 'IAM::Role'])
      expect(text).toContain(`Type: AWS::${type}\n`);
    expect(text).toContain('Version: "2012-10-17"');
    expect(text).not.toContain('Fn::Sub');
  });

  test('refuses text that CloudFormation would look up', () => {
    const input = { ...user, prefix: '{{resolve:ssm:secret}}/' };
    expect(() => renderCloudFormation(generate(input), input)).toThrow(PolicyInputError);
  });
});

describe('yaml', () => {
  test.each([
    ['2012-10-17', '"2012-10-17"'],
    ['yes', '"yes"'],
    ['Null', '"Null"'],
    ['s3:GetObject', 's3:GetObject'],
    ['s3:*', '"s3:*"'],
    ['a: b', '"a: b"'],
    ['# no comment', '"# no comment"'],
    ['', '""'],
  ])('writes %j as %s', (value, text) => {
    expect(yaml(value)).toBe(text);
  });

  test('nests lists and mappings, and leaves out what is undefined', () => {
    expect(yaml({ a: [{ b: 1, c: ['x', true] }], d: undefined, e: {}, f: [] })).toBe(
      '\na:\n  - b: 1\n    c:\n      - x\n      - true\ne: {}\nf: []',
    );
  });
});

describe('consoleSteps', () => {
  test('leads from the bucket to the key, with each document to paste', () => {
    const documents = generate(user);
    const steps = consoleSteps(documents, user);
    expect(steps.map(({ title }) => title)).toEqual([
      'Create the bucket',
      'Let pages of these origins in',
      'Remove uploads that nobody completes',
      'Create the policy',
      'Create the user',
      'Create its access key',
    ]);
    expect(JSON.parse(steps[3]?.copy ?? '')).toEqual(documents.identity);
  });

  test("gives other providers' own steps", () => {
    const input: GenerateInput = { ...user, provider: 'r2', prefix: 'in/' };
    expect(consoleSteps(generate(input), input).map(({ title }) => title)).toEqual([
      'Make an R2 API token',
      'CORS rules',
    ]);
  });

  test('begins at the embedded bucket with how the bucket is made, and says who may set its rules', () => {
    const input: GenerateInput = { ...user, provider: 'embedded', prefix: 'in/', name: 'windlass-photos' };
    const steps = consoleSteps(generate(input), input);
    expect(steps[0]?.title).toBe('Make the bucket');
    expect(steps[0]?.lines.join(' ')).toContain('users.json');
    const linesOf = (title: string) => steps.find((step) => step.title === title)?.lines.join(' ') ?? '';
    expect(linesOf('CORS rules')).toContain('PutBucketCors with the administrator’s keys');
    expect(linesOf('Lifecycle rules')).toContain('PutBucketLifecycleConfiguration');
    expect(linesOf('Make a user on the Embedded bucket page')).toContain('name it windlass-photos');
    const kept = consoleSteps(generate(input), input, { createBucket: false });
    expect(kept.map(({ title }) => title)).not.toContain('Make the bucket');
  });

  test('gives a role elsewhere its trust policy too', () => {
    const input: GenerateInput = { ...role, provider: 'embedded', prefix: 'in/' };
    const documents = generate(input);
    const steps = consoleSteps(documents, input);
    expect(steps.map(({ title }) => title)).toEqual(
      expect.arrayContaining(['Make a role on the Embedded bucket page', 'Identity policy', 'Trust policy']),
    );
    const trust = steps.find(({ title }) => title === 'Trust policy')?.copy ?? '';
    expect(JSON.parse(trust)).toEqual(documents.trust);
  });
});
