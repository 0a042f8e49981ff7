#!/usr/bin/env node
// Plain JavaScript for any Node: finds the Node that Windlass runs on and hands over to it.
import { cliArguments } from '../../../scripts/cli-command.js';
import { start } from '../../../scripts/commands/start.js';
import { explainFailure } from '../../../scripts/explain-failure.js';
import { findNode, withNodeOnPath } from '../../../scripts/find-node.js';
import { installDependencies } from '../../../scripts/install-dependencies.js';
import { repositoryRoot } from '../../../scripts/repository-root.js';
import { runChild } from '../../../scripts/run-child.js';

const args = process.argv.slice(2);
try {
  await installDependencies(repositoryRoot);
  if (args[0] === 'start') {
    // The same as npm start, without a process in between for as long as the server runs.
    process.exitCode = await start(repositoryRoot, args.slice(1));
  } else {
    const node = findNode(repositoryRoot);
    process.exitCode = await runChild(node, cliArguments(repositoryRoot, args), {
      env: withNodeOnPath(node),
    });
  }
} catch (error) {
  process.exitCode = explainFailure(error);
}
