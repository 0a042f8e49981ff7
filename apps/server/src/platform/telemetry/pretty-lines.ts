import { z } from 'zod';

const logLine = z.looseObject({
  level: z.string(),
  time: z.string(),
  msg: z.string().optional(),
  err: z.looseObject({ message: z.string(), stack: z.string().optional() }).optional(),
});

/** One JSON log line as a person likes to read it: `09:00:00 warn  sentence key=value`, a stack below. */
export const prettyLines = (json: string): string => {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    // Not ours: shown as it came.
    return json;
  }
  const parsed = logLine.safeParse(value);
  if (!parsed.success) return json;
  const { level, time, msg, err, ...facts } = parsed.data;
  const pairs = Object.entries(facts).map(
    ([key, fact]) => ` ${key}=${typeof fact === 'string' ? fact : JSON.stringify(fact)}`,
  );
  const stack = err === undefined ? '' : `\n  ${(err.stack ?? err.message).replaceAll('\n', '\n  ')}`;
  return `${time.slice(11, 19)} ${level.padEnd(5)} ${msg ?? ''}${pairs.join('')}${stack}\n`;
};
