// What `npm start`, `npm test`, `npm run bench` and `npm run check` call. Plain JavaScript for Node 20 with nothing
// installed: it brings what is missing and hands over to Node 24.
import { bench } from './commands/bench.js';
import { check } from './commands/check.js';
import { start } from './commands/start.js';
import { test } from './commands/test.js';
import { explainFailure } from './explain-failure.js';
import { installDependencies } from './install-dependencies.js';
import { repositoryRoot } from './repository-root.js';

const commands = { start, test, bench, check };

const [name, ...args] = process.argv.slice(2);
const command = Object.hasOwn(commands, name ?? '') ? commands[name] : undefined;
if (command === undefined) {
  console.error(`Usage: node scripts/bootstrap.js ${Object.keys(commands).join('|')} [arguments]`);
  process.exitCode = 2;
} else {
  try {
    await installDependencies(repositoryRoot);
    process.exitCode = await command(repositoryRoot, args);
  } catch (error) {
    process.exitCode = explainFailure(error);
  }
}
