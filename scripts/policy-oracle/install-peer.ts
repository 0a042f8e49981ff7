import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const peer = '@cloud-copilot/iam-simulate';

/**
 * Puts the peer into a folder of its own under the system's temporary folder, once for each version.
 *
 * It is AGPL, so that it stays out of this repository's lockfile, of its workspaces and of everything that ships.
 *
 * @returns the file to import it from
 */
export const installPeer = async (): Promise<string> => {
  const manifest = fileURLToPath(new URL('package.json', import.meta.url));
  // Our own file, beside this one.
  const { dependencies } = JSON.parse(await readFile(manifest, 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const folder = join(tmpdir(), `windlass-policy-oracle-${dependencies[peer]}`);
  const entry = join(folder, 'node_modules', peer, 'dist/esm/index.js');
  if (!existsSync(entry)) {
    await mkdir(folder, { recursive: true });
    await copyFile(manifest, join(folder, 'package.json'));
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], {
      cwd: folder,
      stdio: 'inherit',
    });
  }
  return entry;
};
