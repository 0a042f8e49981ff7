import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { checkReport, createApiKey, createConnection, createTeam } from '@windlass/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signedIn } from '../support/api-client.ts';
import { bucketKeys, owner, ownerEnvironment } from '../support/owner.ts';
import type { ServerProcess } from '../support/server-process.ts';
import { startSharedPostgresServer } from '../support/shared-postgres-server.ts';

// `windlass check` against a server that runs as a person would run it.
let server: ServerProcess;
let key: string;
const bucket = 'pictures';
const launcher = join(import.meta.dirname, '../../packages/cli/bin/windlass.js');

beforeAll(async () => {
  server = await startSharedPostgresServer({ env: ownerEnvironment });
  const s3 = new S3Client({
    endpoint: server.bucketUrl,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: bucketKeys,
  });
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  s3.destroy();
  const client = await signedIn(server.url, owner.email, owner.password);
  const team = await client.call(createTeam, { body: { name: 'Checks' } });
  const make = (name: string, changes: { bucket?: string; jobs?: ('deliver' | 'ingest')[] } = {}) =>
    client.call(createConnection, {
      params: { teamId: team.id },
      body: {
        name,
        provider: 'other',
        bucket,
        endpoint: server.bucketUrl,
        addressing: 'path',
        jobs: ['deliver'],
        credentials: bucketKeys,
        ...changes,
      },
    });
  await make('photos');
  await make('lost', { bucket: 'nowhere-at-all' });
  const made = await client.call(createApiKey, {
    params: { teamId: team.id },
    body: { name: 'cron', scopes: ['team:read', 'connections:write'] },
  });
  key = made.secret;
});
afterAll(() => server?.[Symbol.asyncDispose]());

const windlass = async (args: string[], env: Record<string, string> = { WINDLASS_API_KEY: key }) => {
  const child = spawn(process.execPath, [launcher, 'check', ...args], {
    env: { PATH: process.env['PATH'] ?? '', WINDLASS_URL: server.url, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  await ended;
  return { code: child.exitCode, out, err };
};

test('prints the rows, and ends with 1 for what is too much only when asked to', async () => {
  const plain = await windlass(['photos']);
  expect(plain).toMatchObject({ code: 0, err: '' });
  expect(plain.out).toContain('photos: pictures/ for deliver');
  expect(plain.out).toMatch(/^ok +list +/m);
  expect(plain.out).toMatch(/^excess +readPolicy +/m);
  expect(plain.out).toContain('These credentials can do everything in the bucket');
  expect(plain.out).toContain('"Action": "s3:GetBucketPolicy"');
  expect((await windlass(['photos', '--strict'])).code).toBe(1);
});

test('prints the report as JSON', async () => {
  const { code, out } = await windlass(['photos', '--format', 'json']);
  expect(code).toBe(0);
  const report = checkReport.parse(JSON.parse(out));
  expect(report).toMatchObject({ state: 'active', trigger: 'person', fullAccess: true });
});

test('ends with 1 where something is wrong, and says what', async () => {
  const { code, out } = await windlass(['lost']);
  expect(code).toBe(1);
  expect(out).toMatch(/^failed +list +There is no bucket of this name here/m);
});

test.each([
  [['photos'], {}, 2, /WINDLASS_API_KEY/],
  [[], { WINDLASS_API_KEY: 'x' }, 2, /missing required argument/],
  [['photos', '--format', 'yaml'], { WINDLASS_API_KEY: 'x' }, 2, /Allowed choices/],
  [['photos', '--url', 'photos'], { WINDLASS_API_KEY: 'x' }, 2, /--url takes/],
  [['photos'], { WINDLASS_API_KEY: 'wrong' }, 1, /API key/],
  [['photos', '--url', 'http://127.0.0.1:9'], { WINDLASS_API_KEY: 'x' }, 1, /does not answer/],
])('refuses %j with %j', async (args, env, code, words) => {
  const ended = await windlass(args, env);
  expect(ended.code).toBe(code);
  expect(ended.err).toMatch(words);
  expect(ended.out).toBe('');
});

test('tells of a connection that is not there', async () => {
  const ended = await windlass(['nobody']);
  expect(ended).toMatchObject({ code: 1, out: '' });
  expect(ended.err).toContain('no connection nobody');
});
