import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ExplainedError } from './explain-failure.js';

const neededMajor = 24;

/**
 * The Node that the program runs on: the one that comes with the repository, else the one we run on when it is new enough.
 *
 * @throws ExplainedError that says which Node to install
 */
export const findNode = (root, current = { path: process.execPath, version: process.versions.node }) => {
  const own = join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  // A C library of another kind (musl) has the file, and cannot run it.
  if (existsSync(own) && spawnSync(own, ['--version'], { timeout: 10_000 }).status === 0) return own;
  if (Number.parseInt(current.version, 10) >= neededMajor) return current.path;
  throw new ExplainedError(
    `Windlass needs Node ${neededMajor} or later. It brings its own on Linux (x64, arm64); here, on ${process.platform} ` +
      `${process.arch} with Node ${current.version}, install Node ${neededMajor} from https://nodejs.org and try again.`,
  );
};

/** The same environment with that Node first on the PATH, for programs that call `node` themselves. */
export const withNodeOnPath = (node, env = process.env) => ({
  ...env,
  PATH: `${join(node, '..')}:${env.PATH ?? '/usr/local/bin:/usr/bin:/bin'}`,
});
