import { join } from 'node:path';
import { findNode, withNodeOnPath } from '../find-node.js';
import { runChild } from '../run-child.js';

/** `npm run bench`: ours beside its peers. */
export const bench = (root, args) => {
  const node = findNode(root);
  return runChild(node, [join(root, 'bench', 'run.ts'), ...args], { cwd: root, env: withNodeOnPath(node) });
};
