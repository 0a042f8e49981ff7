import { join } from 'node:path';
import { buildWeb } from '../build-web.js';
import { findNode, withNodeOnPath } from '../find-node.js';
import { runChild } from '../run-child.js';

/** `npm start`: the server, with a web app that is up to date. */
export const start = async (root, args) => {
  const node = findNode(root);
  const asksOnly = args.some((argument) => ['--help', '-h', '--version'].includes(argument));
  if (!asksOnly) await buildWeb(root, node);
  return runChild(node, [join(root, 'apps', 'server', 'src', 'main.ts'), ...args], {
    env: withNodeOnPath(node),
  });
};
