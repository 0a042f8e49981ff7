import { digitsOnly } from './decimal.ts';

/** Exactly `length` digits as a number, else NaN. */
const readDigits = (text: string | undefined, length: number): number =>
  text?.length === length && digitsOnly(text) ? Number(text) : Number.NaN;

const readDate = (text: string): number => {
  const [year, month = '01', day = '01', ...rest] = text.split('-');
  const monthIndex = readDigits(month, 2) - 1;
  const date = Date.UTC(readDigits(year, 4), monthIndex, readDigits(day, 2));
  // Date.UTC carries the 31st of June over into July.
  return rest.length === 0 && new Date(date).getUTCMonth() === monthIndex ? date : Number.NaN;
};

/** `hh:mm`, `hh:mm:ss` or `hh:mm:ss.fraction` in milliseconds. */
const readClock = (text: string): number => {
  const [hours, minutes, seconds = '00', ...rest] = text.split(':');
  const [whole, fraction = '0', ...more] = seconds.split('.');
  const [h, m, s] = [readDigits(hours, 2), readDigits(minutes, 2), readDigits(whole, 2)];
  const valid = h < 24 && m < 60 && s < 61 && digitsOnly(fraction) && rest.length + more.length === 0;
  return valid ? ((h * 60 + m) * 60 + s + Number(`0.${fraction}`)) * 1000 : Number.NaN;
};

/** A clock with its zone: `Z`, `+hh:mm` or `-hh:mm`. What has none is taken as UTC. */
const readTime = (text: string): number => {
  if (text.endsWith('Z')) return readClock(text.slice(0, -1));
  const signAt = Math.max(text.indexOf('+'), text.indexOf('-'));
  if (signAt < 0) return readClock(text);
  const offset = readClock(text.slice(signAt + 1));
  return readClock(text.slice(0, signAt)) - (text[signAt] === '-' ? -offset : offset);
};

/**
 * A date as condition values write it: a year, month, day or time in ISO 8601, or seconds since 1970.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
 *
 * @returns milliseconds since 1970; NaN for anything else
 * @example parseInstant('2026-11-22T10:00:00Z') // 1795341600000
 */
export const parseInstant = (text: string): number => {
  // Four digits are a year.
  if (text.length !== 4 && digitsOnly(text)) return Number(text) * 1000;
  const folded = text.toUpperCase();
  const split = folded.indexOf('T');
  return split < 0 ? readDate(folded) : readDate(folded.slice(0, split)) + readTime(folded.slice(split + 1));
};
