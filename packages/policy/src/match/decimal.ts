/** Whether a text is decimal digits, at least one. */
export const digitsOnly = (text: string): boolean => {
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 48 || unit > 57) return false;
  }
  return text.length > 0;
};

/**
 * A whole or decimal number as numeric condition values write it; NaN for anything else, also for what JavaScript would
 * take for one (`0x10`, `1e3`, spaces).
 *
 * @example parseDecimal('-1.5') // -1.5
 */
export const parseDecimal = (text: string): number => {
  const bare = text.startsWith('-') || text.startsWith('+') ? text.slice(1) : text;
  const point = bare.indexOf('.');
  const valid =
    point < 0 ? digitsOnly(bare) : digitsOnly(bare.slice(0, point)) && digitsOnly(bare.slice(point + 1));
  return valid ? Number(text) : Number.NaN;
};
