import { accessSync, constants, existsSync, mkdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { ExplainedError } from './explain-failure.js';
import { withNodeOnPath } from './find-node.js';
import { announce } from './progress.js';
import { runQuietly } from './run-child.js';
import { sourceHash } from './source-hash.js';

/** What runs where there is no bundle: the same program, at more memory. */
export const serverSource = (root) => join(root, 'apps', 'server', 'src', 'main.ts');

const isWritable = (folder) => {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
};

/** So that no other build takes it for forgotten. */
const touch = (file) => {
  try {
    utimesSync(file, new Date(), new Date());
  } catch {
    // It is old then, and as good.
  }
};

/**
 * The file to start the server by: one bundle of it and the packages it stands on, built when what it is made from has
 * changed. It starts with a quarter of the processor time of the sources and rests at 40 MB less. Its name says what it
 * was made from, so no other build is ever taken for it.
 */
export const buildServer = async (root, node) => {
  const folder = join(root, 'apps', 'server', 'dist');
  const bundle = join(folder, `${sourceHash(root, ['apps/server', 'packages']).slice(0, 16)}.js`);
  if (existsSync(bundle)) {
    touch(bundle);
    return bundle;
  }
  // Without development dependencies there is nothing to build with.
  if (!existsSync(join(root, 'node_modules', 'rolldown'))) return serverSource(root);
  if (!isWritable(folder)) {
    console.error(`${folder} cannot be written: the server runs from its sources, and holds 40 MB more.`);
    return serverSource(root);
  }

  const done = announce('Building the server');
  const { code, output } = await runQuietly(node, [join(root, 'apps', 'server', 'bundle.ts'), bundle], {
    cwd: root,
    env: withNodeOnPath(node),
  });
  if (code !== 0) throw new ExplainedError(`The server could not be built:\n${output.trim()}`);
  done();
  return bundle;
};
