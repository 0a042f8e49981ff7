import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import { ExplainedError } from './explain-failure.js';
import { announce } from './progress.js';
import { runQuietly } from './run-child.js';

/** What some suites need and npm cannot bring: programs (any one of each row), and the Debian packages that hold them. */
export const requirements = [
  {
    name: 'ceph',
    suites: 'conformance against Ceph, and the end-to-end tests on it',
    programs: [['ceph-mon'], ['ceph-osd'], ['radosgw'], ['radosgw-admin'], ['ceph']],
    packages: ['ceph-mon', 'ceph-osd', 'radosgw', 'ceph-common'],
  },
  {
    name: 'chromium',
    suites: 'the end-to-end tests in a browser',
    programs: [['chromium', 'chromium-browser', 'google-chrome']],
    packages: ['chromium'],
  },
  {
    name: 'heif-enc',
    suites: 'originals in HEIC',
    programs: [['heif-enc']],
    packages: ['libheif-examples'],
  },
];

/**
 * Brings what is missing where it may (root on Debian), and returns the names of what is still missing.
 *
 * @throws ExplainedError with CI=true, where nothing may be skipped
 */
export const provideRequirements = async ({ env = process.env, system = currentSystem() } = {}) => {
  let missing = findMissing(env, system);
  if (missing.length === 0) return [];
  if (system.isRoot && system.isDebian) await installPackages(missing, env);
  missing = findMissing(env, system);
  if (missing.length === 0) return [];

  const notice = missingNotice(missing);
  if (env.CI === 'true') throw new ExplainedError(`${notice}\nWith CI=true nothing may be skipped.`);
  console.error(notice);
  return missing.map(({ name }) => name);
};

/** The requirements of which a program is on no folder of the PATH. */
export const findMissing = (env, system) => {
  const folders = [...(env.PATH ?? '').split(':').filter((folder) => folder !== ''), ...system.moreFolders];
  return requirements.filter(
    ({ programs }) => !programs.every((names) => names.some((name) => isIn(folders, name))),
  );
};

export const installLine = (missing) =>
  `apt-get update && apt-get install -y --no-install-recommends ${missing.flatMap(({ packages }) => packages).join(' ')}`;

const missingNotice = (missing) =>
  [
    ...missing.map(({ name, suites }) => `SKIPPED for want of ${name}: ${suites}.`),
    `To run them, as root on Debian: ${installLine(missing)}`,
  ].join('\n');

const currentSystem = () => ({
  isRoot: process.geteuid?.() === 0,
  isDebian: existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get'),
  // Some systems keep daemons where the PATH of an ordinary user does not lead.
  moreFolders: ['/usr/sbin', '/sbin'],
});

const installPackages = async (missing, env) => {
  const packages = missing.flatMap((requirement) => requirement.packages);
  const done = announce(`Installing ${packages.join(' ')} (apt-get)`);
  const quiet = { env: { ...env, DEBIAN_FRONTEND: 'noninteractive' } };
  const updated = await runQuietly('apt-get', ['update'], quiet);
  const installed = await runQuietly(
    'apt-get',
    ['install', '-y', '--no-install-recommends', ...packages],
    quiet,
  );
  if (installed.code === 0) return done();
  done('failed');
  console.error(`${updated.output}${installed.output}`.trim());
};

const isIn = (folders, name) =>
  folders.some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
