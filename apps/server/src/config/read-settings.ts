import { parseArgs } from 'node:util';
import type { Environment } from './env.ts';
import { settings, type GivenSettings, type Setting } from './settings.ts';

export type ReadSettings =
  | { kind: 'given'; given: GivenSettings }
  | { kind: 'help' }
  /** One line that names the variable or flag. Never holds the value: it may be a secret. */
  | { kind: 'invalid'; message: string };

const entries: [string, Setting][] = Object.entries(settings);

const readFlags = (args: readonly string[]): Record<string, string | boolean | undefined> => {
  const flags = entries.flatMap(([, { flag }]) => (flag === undefined ? [] : [flag]));
  return parseArgs({
    args: [...args],
    options: {
      ...Object.fromEntries(flags.map((flag) => [flag, { type: 'string' as const }])),
      help: { type: 'boolean' as const, short: 'h' },
    },
  }).values;
};

/** Reads every setting: a flag wins over its variable. Pure: both are handed in. */
export const readSettings = (environment: Environment, args: readonly string[]): ReadSettings => {
  let flags: ReturnType<typeof readFlags>;
  try {
    flags = readFlags(args);
  } catch (error) {
    // parseArgs throws for what a person mistyped; its first sentence says what.
    const message = error instanceof Error ? error.message.split('. ')[0] : String(error);
    return { kind: 'invalid', message: `${message}. See --help.` };
  }
  if (flags['help'] === true) return { kind: 'help' };

  const given: Record<string, unknown> = {};
  for (const [name, { env, flag, schema }] of entries) {
    const fromFlag = flag === undefined ? undefined : flags[flag];
    const text = fromFlag ?? environment[env];
    if (text === undefined) continue;
    const parsed = schema.safeParse(text);
    if (!parsed.success) {
      const origin = fromFlag === undefined ? env : `--${flag}`;
      return { kind: 'invalid', message: `${origin} ${parsed.error.issues[0]?.message ?? 'is not valid'}` };
    }
    given[name] = parsed.data;
  }
  // Each value came out of the schema that the type is derived from.
  return { kind: 'given', given };
};

const table = (lines: string[][]): string =>
  lines.map(([left = '', right = '']) => `  ${left.padEnd(29)} ${right}`).join('\n');

/** The text of --help. */
export const helpText = (): string => {
  const flagLines = entries.flatMap(([, { flag, placeholder, env, help }]) =>
    flag === undefined ? [] : [[`--${flag} ${placeholder ?? 'TEXT'}`, `${help} [${env}]`]],
  );
  const variableLines = entries.flatMap(([, { flag, env, help }]) =>
    flag === undefined ? [[env, help]] : [],
  );
  return `Windlass: your media, in your bucket.

Usage: windlass start [flags]

Flags (each also as the variable in brackets; the flag wins)
${table(flagLines)}
  ${'--help'.padEnd(29)} this text

Variables without a flag
${table(variableLines)}

Examples
  windlass start --data /srv/windlass
  windlass start --role worker
  DATABASE_URL=postgres://windlass@db/windlass windlass start --host 0.0.0.0 --url https://windlass.example.com
`;
};
