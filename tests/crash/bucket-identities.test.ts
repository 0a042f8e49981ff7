import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createBucketServer } from '@windlass/bucket';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { soakRounds } from '../support/soak-rounds.ts';

const writer = new URL('identity-writer.ts', import.meta.url).pathname;
const rounds = soakRounds(3);
const killAfter = 12;

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'identity-crash-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Runs the writer and kills it a moment after it has acknowledged some users; adds those to `acknowledged`. */
const runAndKill = async (round: number, acknowledged: Map<string, string>): Promise<void> => {
  const child = spawn(process.execPath, [writer, folder, String(round)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  let done = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const [, name = '', accessKeyId = ''] = line.split(' ');
    acknowledged.set(name, accessKeyId);
    done += 1;
    if (done === killAfter) setTimeout(() => child.kill('SIGKILL'), randomInt(6));
  }
  const [, signal] = (await exited) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
};

test('every user, policy and key that was acknowledged outlives SIGKILL, and the file opens each time', async () => {
  const acknowledged = new Map<string, string>();
  for (let round = 0; round < rounds; round++) {
    await runAndKill(round, acknowledged);
    await using server = await createBucketServer({
      dataDirectory: folder,
      host: '127.0.0.1',
      port: 0,
      region: 'us-east-1',
    });
    const users = new Map(server.iam.listUsers().map((user) => [user.name, user]));
    for (const [name, accessKeyId] of acknowledged) {
      expect(users.get(name)).toMatchObject({
        name,
        policies: [{ name: 'read' }],
        accessKeys: [{ accessKeyId, active: true }],
      });
    }
    expect((await stat(join(folder, 'users.json'))).mode & 0o777).toBe(0o600);
  }
  expect(acknowledged.size).toBeGreaterThanOrEqual(rounds * killAfter);
}, 600_000);
