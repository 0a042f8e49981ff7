const units = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** Bytes as people read them: decimal units, three figures. `1536` -> `1.54 KB`. */
export const formatBytes = (bytes: number): string => {
  let value = bytes;
  let index = 0;
  while (value >= 999.5 && index < units.length - 1) {
    value /= 1000;
    index += 1;
  }
  const text = index === 0 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
  return `${text} ${units[index] ?? 'B'}`;
};

const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['week', 7 * 86_400],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always', style: 'long' });

/** `3 hours ago`, `in 2 days`, `just now` within a minute. */
export const formatRelative = (then: string, now: number): string => {
  const seconds = Math.round((Date.parse(then) - now) / 1000);
  for (const [unit, size] of steps) {
    // Of files that go in 13 days, `in 1 week` would hide half of the time.
    if (unit !== 'week' && Math.abs(seconds) >= size)
      return relative.format(Math.trunc(seconds / size), unit);
  }
  return seconds > 30 ? 'in a moment' : 'just now';
};

const exact = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** The exact time in the reader's own zone. */
export const formatExact = (then: string): string => exact.format(new Date(then));

/**
 * Shortens in the middle: the start tells what it is, the end tells which one.
 * Counts code points, so that no surrogate pair is cut.
 */
export const middleTruncate = (text: string, longest: number): string => {
  const points = Array.from(text);
  if (points.length <= longest) return text;
  const tail = Math.floor((longest - 1) / 2);
  const head = longest - 1 - tail;
  return `${points.slice(0, head).join('')}…${points.slice(points.length - tail).join('')}`;
};

/** `1 source`, `2 sources`. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

/** A rule as a sentence of its own: `needs 10` -> `Needs 10.` */
export const sentence = (text: string): string => {
  const trimmed = text.trim();
  const first = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
};

/** Time that is left, as coarse as people think of it: `45 s`, `12 min`, `3 h 20 min`. */
export const formatDuration = (seconds: number): string => {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
};

/**
 * Seconds in the largest unit that divides them: `86400` -> `1 day`, `90` -> `90 seconds`.
 */
export const formatSeconds = (seconds: number): string => {
  const whole = steps.find(([, size]) => seconds >= size && seconds % size === 0);
  return whole === undefined ? plural(seconds, 'second') : plural(seconds / whole[1], whole[0]);
};
