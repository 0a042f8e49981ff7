import { z } from 'zod';

const logLine = z.looseObject({
  level: z.string(),
  time: z.string(),
  msg: z.string().optional(),
  err: z.looseObject({ message: z.string(), stack: z.string().optional() }).optional(),
});

/** Callers choose keys and names: on a terminal none of them may move the cursor, set a title or forge a line. */
const visible = (text: string): string =>
  text.replace(
    /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

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
    ([key, fact]) => ` ${key}=${visible(typeof fact === 'string' ? fact : JSON.stringify(fact))}`,
  );
  const stack =
    err === undefined
      ? ''
      : (err.stack ?? err.message)
          .split('\n')
          .map((text) => `\n  ${visible(text)}`)
          .join('');
  return `${time.slice(11, 19)} ${level.padEnd(5)} ${visible(msg ?? '')}${pairs.join('')}${stack}\n`;
};
