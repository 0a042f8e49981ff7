/** Decimal units, as `formatBytes` writes them. */
export const byteUnits = { MB: 1e6, GB: 1e9, TB: 1e12 } as const;
export type ByteUnit = keyof typeof byteUnits;

/** The unit that a size reads best in; gigabytes where there is none yet. */
export const unitFor = (bytes: number | null): ByteUnit => {
  if (bytes === null) return 'GB';
  if (bytes >= byteUnits.TB) return 'TB';
  return bytes >= byteUnits.GB ? 'GB' : 'MB';
};

/** @example bytesOf(1.5, 'GB') // 1500000000 */
export const bytesOf = (amount: number, unit: ByteUnit): number => Math.round(amount * byteUnits[unit]);
