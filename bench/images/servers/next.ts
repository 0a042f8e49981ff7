import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { copyFile, link, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../../tests/support/free-port.ts';
import { copies } from '../contender.ts';
import { originals } from '../originals.ts';
import { Unavailable } from './unavailable.ts';
import type { MeasuredServer } from './server-process.ts';

export const nextVersion = '16.4.6';
const manifest = {
  private: true,
  dependencies: { next: nextVersion, react: '19.2.1', 'react-dom': '19.2.1' },
};
/** Its caches are off, and the two widths that are measured are the ones it may make. */
const config = {
  images: {
    deviceSizes: [800],
    imageSizes: [300],
    qualities: [75],
    formats: ['image/avif', 'image/webp'],
    maximumDiskCacheSize: 0,
  },
};

const environment = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };

/** An empty site in a folder of its own under the system's temporary folder, installed and built once for each version. */
const installSite = async (photographs: string): Promise<string> => {
  const folder = join(tmpdir(), `windlass-bench-next-${nextVersion}`);
  const built = join(folder, 'built');
  if (existsSync(built)) return folder;
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, 'pages'), { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'next.config.mjs'), `export default ${JSON.stringify(config)};\n`);
  await writeFile(join(folder, 'pages/index.js'), 'export default function Index() { return null; }\n');
  for (let copy = 0; copy < copies; copy += 1) {
    await mkdir(join(folder, `public/${copy}`), { recursive: true });
    for (const original of originals) {
      const [from, to] = [join(photographs, original), join(folder, `public/${copy}`, original)];
      await link(from, to).catch(() => copyFile(from, to));
    }
  }
  const run = (command: string, args: string[]): void =>
    void execFileSync(command, args, { cwd: folder, env: environment, stdio: 'pipe' });
  run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--include=optional']);
  run(process.execPath, ['node_modules/next/dist/bin/next', 'build']);
  await writeFile(built, '');
  return folder;
};

const waitForAnswer = async (port: number): Promise<void> => {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; await delay(100)) {
    const answer = await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(5000) }).catch(
      () => null,
    );
    if (answer?.ok === true) return;
  }
  throw new Error('next does not answer');
};

/**
 * The image component's server of Next.js, with `next start`.
 *
 * @throws {Unavailable} where npm cannot bring it
 */
export const startNext = async (photographs: string): Promise<MeasuredServer> => {
  const cwd = await installSite(photographs).catch((cause: unknown) => {
    throw new Unavailable('npm cannot install it', { cause });
  });
  const port = await freePort();
  const args = [
    'node_modules/next/dist/bin/next',
    'start',
    '--port',
    String(port),
    '--hostname',
    '127.0.0.1',
  ];
  const child = spawn(process.execPath, args, { cwd, env: environment, stdio: 'ignore' });
  const ended = once(child, 'exit');
  const end = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  try {
    await waitForAnswer(port);
  } catch (cause) {
    await end();
    throw cause;
  }
  return { port, pid: child.pid ?? 0, [Symbol.asyncDispose]: end };
};
