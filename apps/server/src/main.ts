import { rename, writeFile } from 'node:fs/promises';
import packageJson from '../package.json' with { type: 'json' };
import { compose, type Program } from './compose.ts';
import { ConfigError, createConfig, type Config } from './config/config.ts';
import { readEnvironment } from './config/env.ts';
import { helpText, readSettings } from './config/read-settings.ts';
import { createLog } from './platform/telemetry/log.ts';
import { startMessage } from './start-message.ts';

const exitFailed = 1;
const exitUsage = 2;

const refuse = (message: string, code: number): never => {
  process.stderr.write(`windlass: ${message}\n`);
  process.exit(code);
};

const readConfig = (): Config => {
  const read = readSettings(readEnvironment(), process.argv.slice(2));
  switch (read.kind) {
    case 'help':
      process.stdout.write(helpText());
      return process.exit(0);
    case 'invalid':
      return refuse(read.message, exitUsage);
    case 'given':
      try {
        return createConfig(read.given, packageJson.version);
      } catch (error) {
        if (error instanceof ConfigError) return refuse(error.message, exitUsage);
        throw error;
      }
  }
};

const config = readConfig();
const terminal = process.stderr.isTTY;
const log = createLog({
  level: config.logLevel ?? (terminal ? 'warn' : 'info'),
  pretty: terminal,
  destination: process.stderr,
});

const die = (kind: string) => (error: unknown) => {
  log.fatal({ err: error }, kind);
  process.exit(exitFailed);
};
process.on('uncaughtException', die('uncaught exception'));
process.on('unhandledRejection', die('unhandled rejection'));

/** The first signal; a second one ends the process at once. */
const signalled = new Promise<NodeJS.Signals>((resolve) => {
  let asked = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (asked) process.exit(exitFailed);
    asked = true;
    resolve(signal);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
});

/** Whole or not at all: whoever waits for the file must not read half of it. */
const writeReadyFile = async (path: string, { addresses, bucketUrl, ownerLink }: Program): Promise<void> => {
  const facts = { ...addresses, bucketUrl, ownerLink, pid: process.pid };
  await writeFile(`${path}.tmp`, `${JSON.stringify(facts)}\n`, { mode: 0o600 });
  await rename(`${path}.tmp`, path);
};

/** One line that says what stood in the way, and for a taken port what to do. */
const startFailure = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE' && 'port' in error) {
    return `port ${String(error.port)} is taken by another program. Stop that one, or choose others with --port, --images-port and --bucket-port.`;
  }
  return `${error.message}${error.cause instanceof Error ? ` (${error.cause.message})` : ''}`;
};

let program: Program;
try {
  program = await compose(config, log);
} catch (error) {
  log.debug({ err: error }, 'the start failed');
  refuse(startFailure(error), exitFailed);
  throw error;
}
if (config.readyFile !== null) await writeReadyFile(config.readyFile, program);
process.stdout.write(startMessage(config, program));

log.info({ signal: await signalled }, 'stopping');
program.drain();
await program[Symbol.asyncDispose]();
log.info({}, 'stopped');
process.exit(0);
