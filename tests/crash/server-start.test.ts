import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { request, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOwner, getMe, getSetup, signIn } from '@windlass/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApiClient, signedIn } from '../support/api-client.ts';
import { owner, ownerEnvironment } from '../support/owner.ts';
import { serverFile, startServer } from '../support/server-process.ts';

let data: string;
beforeAll(async () => {
  data = join(await mkdtemp(join(tmpdir(), 'windlass-start-')), 'data');
});
afterAll(() => rm(join(data, '..'), { recursive: true, force: true }));

// The demo is started over in server-kill.test.ts, and the pictures of its first run take longer than all else here.
const withoutDemo = { WINDLASS_DEMO: 'false' };

const run = async (args: string[], env: Record<string, string> = {}) => {
  const child = spawn(process.execPath, [await serverFile, ...args], {
    env: { PATH: process.env['PATH'], ...env },
  });
  let output = '';
  child.stdout.on('data', (text) => (output += text));
  child.stderr.on('data', (text) => (output += text));
  await once(child, 'close');
  return { code: child.exitCode, output };
};

test('first run: the link makes the owner; after a stop and a start the account is there', async () => {
  {
    await using server = await startServer({ data, env: withoutDemo });
    expect(server.logs.stdout).toContain(server.ownerLink ?? 'no link');
    const token = new URL(server.ownerLink ?? '').hash.replace('#token=', '');
    const client = createApiClient(server.url);
    await client.call(createOwner, { body: { token, name: 'Ada', ...owner } });

    const second = await run(['--data', data, '--port', '0', '--images-port', '0', '--bucket-port', '0']);
    expect(second.code).toBe(1);
    expect(second.output.trim().split('\n')).toHaveLength(1);
    expect(second.output).toContain(data);

    expect(await server.stop()).toBe(0);
  }
  await using again = await startServer({ data, env: withoutDemo });
  expect(again.ownerLink).toBeNull();
  const client = await signedIn(again.url, owner.email, owner.password);
  expect((await client.call(getMe, {})).user.email).toBe(owner.email);
  expect((await client.call(getSetup, {})).needsOwner).toBe(false);
  expect((await stat(join(data, 'keyring'))).mode & 0o777).toBe(0o600);
});

test('bad settings end with one line that names them, and exit code 2', async () => {
  const { code, output } = await run([], { WINDLASS_PORT: 'many' });
  expect(code).toBe(2);
  expect(output).toBe('windlass: WINDLASS_PORT is not a port number\n');
});

test('--help ends with 0', async () => {
  const { code, output } = await run(['--help']);
  expect(code).toBe(0);
  expect(output).toContain('--data DIR');
});

/** A sign-in of which the server has the head (RFC 9110, 10.1.1: it says that it waits for the body). */
const beginSignIn = async (url: string): Promise<{ send: () => Promise<number | undefined> }> => {
  const body = JSON.stringify(owner);
  const asked = request(`${url}${signIn.path}`, {
    method: signIn.method,
    headers: {
      origin: new URL(url).origin,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      expect: '100-continue',
    },
  });
  asked.flushHeaders();
  await once(asked, 'continue');
  return {
    send: async () => {
      const answered = once(asked, 'response');
      asked.end(body);
      const [answer] = (await answered) as [IncomingMessage]; // The only argument of the event.
      answer.resume();
      return answer.statusCode;
    },
  };
};
const isOpen = () => 'open';
const isClosed = () => 'closed';

test('a request that runs when the server is stopped gets its answer', async () => {
  await using server = await startServer({ env: { ...ownerEnvironment, ...withoutDemo } });
  const running = await Promise.all(Array.from({ length: 4 }, () => beginSignIn(server.url)));
  const began = performance.now();
  const stopped = server.stop();
  await expect.poll(() => fetch(server.url).then(isOpen, isClosed), { timeout: 8_000 }).toBe('closed');
  expect(await Promise.all(running.map(({ send }) => send()))).toEqual(Array(4).fill(signIn.status));
  expect(await stopped).toBe(0);
  // Kept-alive connections are no reason to wait.
  expect(performance.now() - began).toBeLessThan(8_000);
});
