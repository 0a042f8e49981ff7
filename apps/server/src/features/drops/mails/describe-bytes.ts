const units = ['kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** Decimal, as disks and price lists count. @example describeBytes(3_442_000) // '3.4 MB' */
export const describeBytes = (bytes: number): string => {
  if (bytes < 1000) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  let value = bytes / 1000;
  let at = 0;
  // What would be written as 1000 of one unit is 1 of the next.
  while (value >= 999.5 && at < units.length - 1) {
    value /= 1000;
    at += 1;
  }
  return `${value.toFixed(value < 99.95 ? 1 : 0)} ${units[at] ?? ''}`;
};
