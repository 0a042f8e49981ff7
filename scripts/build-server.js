import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ExplainedError } from './explain-failure.js';
import { withNodeOnPath } from './find-node.js';
import { announce } from './progress.js';
import { runQuietly } from './run-child.js';
import { sourceHash } from './source-hash.js';

/**
 * The file to start the server by: one bundle of it and the packages it stands on, built when what it is made from has
 * changed. It starts with a quarter of the processor time of the sources and rests at 40 MB less. Its name says what it
 * was made from, so no other build is ever taken for it.
 */
export const buildServer = async (root, node) => {
  const server = join(root, 'apps', 'server');
  const bundle = join(server, 'dist', `${sourceHash(root, ['apps/server', 'packages']).slice(0, 16)}.js`);
  if (existsSync(bundle)) return bundle;
  // Without development dependencies there is nothing to build with: the sources run as well, and cost more.
  if (!existsSync(join(root, 'node_modules', 'rolldown'))) return join(server, 'src', 'main.ts');

  const done = announce('Building the server');
  const { code, output } = await runQuietly(node, [join(server, 'bundle.ts'), bundle], {
    cwd: root,
    env: withNodeOnPath(node),
  });
  if (code !== 0) throw new ExplainedError(`The server could not be built:\n${output.trim()}`);
  done();
  return bundle;
};
