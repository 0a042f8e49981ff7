import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ExplainedError } from './explain-failure.js';
import { withNodeOnPath } from './find-node.js';
import { announce } from './progress.js';
import { runQuietly } from './run-child.js';
import { sourceHash } from './source-hash.js';

const inputs = ['apps/web', 'packages'];

/** Builds apps/web/dist when what it is made from has changed since the last build. */
export const buildWeb = async (root, node) => {
  const marker = join(root, 'node_modules', '.windlass-web-build');
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const page = join(root, 'apps', 'web', 'dist', 'index.html');
  // An installation without development dependencies brings the page ready-made.
  if (!existsSync(vite) && existsSync(page)) return;
  const hash = sourceHash(root, inputs);
  if (existsSync(page) && existsSync(marker) && readFileSync(marker, 'utf8') === hash) return;

  const done = announce('Building the web app');
  const web = join(root, 'apps', 'web');
  const { code, output } = await runQuietly(
    node,
    [vite, 'build', web, '--config', join(web, 'vite.config.ts'), '--logLevel', 'warn'],
    { cwd: root, env: withNodeOnPath(node) },
  );
  if (code !== 0) throw new ExplainedError(`The web app could not be built:\n${output.trim()}`);
  writeFileSync(marker, hash);
  done();
};
