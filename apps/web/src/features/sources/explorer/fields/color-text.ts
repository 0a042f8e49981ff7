import { parameters } from '@windlass/images/parameters';

/** Every colour of the table is read by one parser. */
const { parse } = parameters['background-color'];

const hex = (channel: number): string => channel.toString(16).padStart(2, '0');

/** Text of the URL as a colour input shows it: `12,107,106` as `#0c6b6a`. What is no colour stays as it is. */
export const colorInputText = (text: string): string => {
  if (text === '' || !/^[\d,]+$/.test(text) || !text.includes(',')) {
    return /^([0-9a-f]{6}|[0-9a-f]{8})$/i.test(text) ? `#${text}` : text;
  }
  try {
    const { red, green, blue, alpha } = parse('color', text, { maxSide: 1 });
    return `#${hex(red)}${hex(green)}${hex(blue)}${alpha === 255 ? '' : hex(alpha)}`;
  } catch {
    // Still being typed: the field says what is wrong with it.
    return text;
  }
};

/** What a colour input holds as text of the URL: hexadecimal digits without `#`, and without an alpha that hides nothing. */
export const colorUrlText = (input: string): string => {
  const text = input.trim().replace(/^#/, '').toLowerCase();
  return /^[0-9a-f]{6}ff$/.test(text) ? text.slice(0, 6) : text;
};
