import { buildServer, serverSource } from '../build-server.js';
import { buildWeb } from '../build-web.js';
import { findNode, withNodeOnPath } from '../find-node.js';
import { runChild } from '../run-child.js';
import { serverArguments, serverEnvironment } from '../server-command.js';

/** `npm start`: the server, with a web app that is up to date. */
export const start = async (root, args) => {
  const node = findNode(root);
  const asksOnly = args.some((argument) => ['--help', '-h', '--version'].includes(argument));
  if (!asksOnly) await buildWeb(root, node);
  const server = asksOnly ? serverSource(root) : await buildServer(root, node);
  return runChild(node, [...serverArguments(server), ...args], {
    env: serverEnvironment(withNodeOnPath(node)),
  });
};
