import { spawn, spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import packageJson from '../package.json' with { type: 'json' };

const launcher = join(import.meta.dirname, '../bin/windlass.js');
const report = z.object({
  ok: z.boolean(),
  rows: z.array(z.object({ check: z.string(), state: z.string(), detail: z.string(), next: z.string() })),
});

/** Of the whole run: half of what a start costs is the compiling of what has not changed. */
const compileCache = process.env['NODE_COMPILE_CACHE'] ?? '';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'windlass-cli-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Runs the command as a person does, from another folder. */
const windlass = async (args: string[], env: Record<string, string> = {}) => {
  const child = spawn(process.execPath, [launcher, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, NODE_COMPILE_CACHE: compileCache, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const code = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await code, out, err };
};

const freePorts = ['--port=0', '--images-port=0', '--bucket-port=0'];
const examine = async (args: string[], env: Record<string, string> = {}) => {
  const { code, out } = await windlass(['doctor', '--json', ...args], env);
  const { ok, rows } = report.parse(JSON.parse(out));
  return { code, ok, row: (check: string) => rows.find((one) => one.check === check) };
};

describe('windlass', () => {
  test('prints its version', async () => {
    expect(await windlass(['--version'])).toEqual({ code: 0, out: `${packageJson.version}\n`, err: '' });
  });

  test.each([
    [['--help']],
    [['start', '--help']],
    [['doctor', '--help']],
    [['completion', '--help']],
    [['completion', 'zsh', '--help']],
  ])('explains %j with examples', async (args) => {
    const { code, out } = await windlass(args);
    expect(code).toBe(0);
    expect(out).toMatch(/Examples:?\n {2}\S*.*windlass/);
  });

  test.each([[['nonsense']], [['doctor', '--nonsense']], [['completion', 'tcsh']], [[]]])(
    'ends with 2 for %j',
    async (args) => {
      const { code, out, err } = await windlass(args);
      expect(code).toBe(2);
      expect(out).toBe('');
      expect(err).toContain('windlass');
    },
  );

  test.each([
    [['nonsense'], 'See windlass --help.'],
    [['doctor', '--nonsense'], 'See windlass doctor --help.'],
    [['policy', 'generate'], 'See windlass policy generate --help.'],
  ])('names the help of the very command for %j', async (args, pointer) => {
    expect((await windlass(args)).err).toContain(pointer);
  });

  test('passes a wrong flag of start on to the server, which explains it', async () => {
    const { code, err } = await windlass(['start', '--help', '--nonsense']);
    expect(code).not.toBe(0);
    expect(err).toContain('--nonsense');
  });
});

/** What bash does on a tab, for the words that stand before it. */
const completeWords = `COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _windlass; printf '%s\\n' "\${COMPREPLY[@]}"`;

describe('windlass completion bash', () => {
  test('completes commands and flags in a real bash', async () => {
    const { out } = await windlass(['completion', 'bash']);
    const complete = (...words: string[]) =>
      spawnSync('bash', ['-c', `${out}\n${completeWords}`, 'bash', ...words], {
        encoding: 'utf8',
      }).stdout.split('\n');
    expect(complete('windlass', 'do')).toContain('doctor');
    expect(complete('windlass', 'doctor', '--j')).toContain('--json');
    expect(complete('windlass', 'doctor', '--json', '--da')).toContain('--data');
    expect(complete('windlass', 'completion', 'f')).toContain('fish');
    expect(complete('windlass', 'completion', 'f')).not.toContain('doctor');
    expect(complete('windlass', 'policy', 'l')).toContain('lint');
    expect(complete('windlass', 'policy', 'lint', '--ki')).toContain('--kind');
  });

  test('offers files where a command or a flag takes them', async () => {
    await writeFile(join(folder, 'policy-of-mine.json'), '{}');
    const { out } = await windlass(['completion', 'bash']);
    const complete = (...words: string[]) =>
      spawnSync('bash', ['-c', `${out}\n${completeWords}`, 'bash', ...words], {
        encoding: 'utf8',
        cwd: folder,
      }).stdout;
    expect(complete('windlass', 'policy', 'lint', 'policy-')).toBe('policy-of-mine.json\n');
    expect(complete('windlass', 'policy', 'evaluate', '--bucket-policy', 'pol')).toBe(
      'policy-of-mine.json\n',
    );
    expect(complete('windlass', 'policy', 'pol')).toBe('\n');
  });
});

describe('windlass doctor', () => {
  test('finds nothing wrong before the first start, and makes nothing', async () => {
    const data = join(folder, 'data');
    const { code, out } = await windlass(['doctor', '--data', data, ...freePorts]);
    expect(out).toContain('All is well.');
    expect(out).not.toContain('\u001B[');
    expect(code).toBe(0);
    await expect(mkdir(data)).resolves.toBeUndefined();
  });

  test('warns of an open data folder, and fails for a keyring that others can read', async () => {
    await chmod(folder, 0o755);
    await writeFile(join(folder, 'keyring'), 'k1:AAAA', { mode: 0o644 });
    const { code, ok, row } = await examine(['--data', folder, ...freePorts]);
    expect(row('Data folder')).toMatchObject({ state: 'warn', next: `chmod 700 '${folder}'` });
    expect(row('Keyring')).toMatchObject({ state: 'fail', next: `chmod 600 '${join(folder, 'keyring')}'` });
    expect({ code, ok }).toEqual({ code: 1, ok: false });
  });

  test('fails for a port that another program has taken', async () => {
    await using stranger = await listen();
    const { code, row } = await examine([`--port=${stranger.port}`, '--images-port=0', '--bucket-port=0']);
    expect(row('Web and API')).toMatchObject({
      state: 'fail',
      detail: `127.0.0.1:${stranger.port} is taken by another program`,
    });
    expect(code).toBe(1);
  });

  test('says when PostgreSQL cannot be reached, without the password', async () => {
    const { code, row } = await examine(freePorts, {
      DATABASE_URL: 'postgres://somebody:topsecret@127.0.0.1:1/windlass',
    });
    expect(row('PostgreSQL')).toMatchObject({ state: 'fail' });
    expect(JSON.stringify(row('PostgreSQL'))).not.toContain('topsecret');
    expect(code).toBe(1);
  });

  test('names a setting that is wrong', async () => {
    const { code, row } = await examine([], { WINDLASS_PORT: 'seven' });
    expect(row('Settings')?.detail).toContain('WINDLASS_PORT');
    expect(code).toBe(1);
  });
});

/** A program that takes connections and says nothing that HTTP knows. */
const listen = async (): Promise<AsyncDisposable & { port: number }> => {
  const server: Server = createServer((socket) => socket.resume().end('220 not http\r\n'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('It has no port.');
  return {
    port: address.port,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
};
