import { createConfig } from '../../../../apps/server/src/config/config.ts';
import { readEnvironment } from '../../../../apps/server/src/config/env.ts';
import { readSettings } from '../../../../apps/server/src/config/read-settings.ts';
import { inspectDataDirectory } from '../../../../apps/server/src/platform/postgres/index.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { checkDatabase } from './check-database.ts';
import { checkDataDirectory, checkKeyring } from './check-data-directory.ts';
import { checkListeners } from './check-listeners.ts';
import { checkNode, checkRendering } from './check-machine.ts';
import { describeError, fail, ok, type Row } from './row.ts';

/** Runs every check that the settings call for; `args` are flags as `windlass start` takes them. Changes nothing. */
export const doctor = async (args: readonly string[]): Promise<Row[]> => {
  const config = readConfig(args);
  if ('state' in config) return [checkNode(), config];
  const state = await inspectDataDirectory(config.dataDirectory);
  const running = state.heldBy !== null;
  return [
    checkNode(),
    ok('Settings', `${config.roles.join(' and ')}, data in ${config.dataDirectory}`),
    ...(await checkDataDirectory(config, state)),
    await checkKeyring(config),
    ...(await checkDatabase(config, running)),
    ...(await checkListeners(config, running)),
    await checkRendering(),
  ];
};

const readConfig = (args: readonly string[]): ReturnType<typeof createConfig> | Row => {
  const read = readSettings(readEnvironment(), args);
  if (read.kind !== 'given')
    return fail(
      'Settings',
      read.kind === 'invalid' ? read.message : 'no settings',
      'See windlass start --help.',
    );
  try {
    return createConfig(read.given, packageJson.version);
  } catch (error) {
    return fail('Settings', describeError(error), 'See windlass start --help.');
  }
};
