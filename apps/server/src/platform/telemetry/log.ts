import { pino, type DestinationStream, type Logger } from 'pino';
import { prettyLines } from './pretty-lines.ts';

interface LogOptions {
  level: string;
  /** Lines for a person rather than JSON. */
  pretty: boolean;
  /** Where lines go; stderr in the program. */
  destination: { write(text: string): unknown };
}

const longestCauseChain = 5;

/**
 * Name, message, code and stack of an error and its causes, nothing else: libraries hang whole requests, headers
 * included, on their errors.
 */
export const errorFacts = (error: unknown, depth = 0): unknown => {
  if (!(error instanceof Error)) return typeof error === 'string' ? error : { type: typeof error };
  return {
    type: error.name,
    message: error.message,
    ...('code' in error && (typeof error.code === 'string' || typeof error.code === 'number')
      ? { code: error.code }
      : {}),
    stack: error.stack,
    ...(error.cause === undefined || depth >= longestCauseChain
      ? {}
      : { cause: errorFacts(error.cause, depth + 1) }),
  };
};

/** Names of fields that must never be printed, wherever a careless line puts them. */
const secretFields = [
  'password',
  'currentPassword',
  'newPassword',
  'token',
  'secret',
  'secretAccessKey',
  'sessionToken',
  'secureKey',
  'secureSalt',
  'clientSecret',
  'authorization',
  'cookie',
];

const redactedPaths = secretFields.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]);

/** The program's logger: one JSON object a line, or short lines for a terminal. Fits kernel's `Log`. */
export const createLog = ({ level, pretty, destination }: LogOptions): Logger => {
  const stream: DestinationStream = {
    write: (line) => {
      destination.write(pretty ? prettyLines(line) : line);
    },
  };
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: {
        err: (error: unknown) => errorFacts(error),
        error: (error: unknown) => errorFacts(error),
      },
      redact: { paths: redactedPaths, censor: '[secret]' },
    },
    stream,
  );
};
