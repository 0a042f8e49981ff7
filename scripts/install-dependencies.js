import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ExplainedError } from './explain-failure.js';
import { announce } from './progress.js';
import { runQuietly } from './run-child.js';

const markerName = '.windlass-installed';

/** Runs `npm ci` unless node_modules holds what package-lock.json asks for. */
export const installDependencies = async (root) => {
  if (isInstalled(root)) return;
  const done = announce('Installing dependencies (npm ci)');
  const [program, ...first] = npmCommand();
  const { code, output } = await runQuietly(
    program,
    [...first, 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd: root },
  );
  if (code !== 0) throw new ExplainedError(`npm ci failed in ${root}:\n${output.trim()}`);
  writeMarker(root);
  done();
};

/** True when node_modules was installed, by us or by hand, from the package-lock.json of now. */
export const isInstalled = (root) => {
  if (!existsSync(join(root, 'node_modules'))) return false;
  const marker = join(root, 'node_modules', markerName);
  if (existsSync(marker) && readFileSync(marker, 'utf8') === lockHash(root)) return true;
  if (!holdsWhatIsLocked(root)) return false;
  writeMarker(root);
  return true;
};

/** npm writes what it has installed to a lockfile of its own, as the last thing it does. */
const holdsWhatIsLocked = (root) => {
  const hidden = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(hidden, 'utf8')).packages;
  return Object.entries(wanted)
    .filter(([path, entry]) => path.includes('node_modules/') && !mayBeMissing(entry))
    .every(([path, entry]) => installed[path]?.version === entry.version);
};

/** What is for other systems is listed and not installed; workspaces are links without a version. */
const mayBeMissing = (entry) => entry.optional === true || entry.devOptional === true || entry.link === true;

const lockHash = (root) =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');

const writeMarker = (root) => writeFileSync(join(root, 'node_modules', markerName), lockHash(root));

/** The npm that called us, else the one on the PATH. */
const npmCommand = () => {
  const caller = process.env.npm_execpath ?? '';
  return basename(caller) === 'npm-cli.js' ? [process.execPath, caller] : ['npm'];
};
