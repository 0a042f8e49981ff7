import { settings } from './settings.ts';

/** The environment's texts by variable name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The only place that reads `process.env`: the variables that Windlass knows. An empty variable counts as absent,
 * since that is how compose files and unit files leave one out.
 */
export const readEnvironment = (): Environment =>
  Object.fromEntries(
    Object.values(settings)
      .map(({ env }) => [env, process.env[env]] as const)
      .filter(([, text]) => text !== undefined && text !== ''),
  );
