const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** Decimal, as disks and networks count. @example formatBytes(412_300_000) // '412 MB' */
export const formatBytes = (bytes: number): string => {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value < 9.95 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
};

/** @example formatDuration(3725) // '1 h 2 min' */
export const formatDuration = (seconds: number): string => {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
};

/** @example countFiles(1) // '1 file' */
export const countFiles = (count: number): string => `${count} file${count === 1 ? '' : 's'}`;
