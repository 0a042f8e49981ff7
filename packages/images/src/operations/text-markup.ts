import { pointsOf, readSpanAttributes } from './span-attributes.ts';

/** Tags of Pango markup that take no attributes. https://docs.gtk.org/Pango/pango_markup.html */
const plainTags = ['b', 'i', 'u', 's', 'sub', 'sup', 'tt'] as const;
const tagNames: ReadonlySet<string> = new Set([...plainTags, 'span']);

const mostOpenTags = 16;

const namedEntities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** What an entity stands for; undefined where it is none, or none that XML 1.0 lets a text hold. */
const characterOf = (entity: string): string | undefined => {
  if (Object.hasOwn(namedEntities, entity)) return namedEntities[entity];
  const [, hexadecimal, decimal] = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(entity) ?? [];
  const code = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
  const character = code >= 0x20 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : undefined;
  return character?.isWellFormed() === true && !/\p{Cc}|\p{Cn}/u.test(character) ? character : undefined;
};

export interface TextMarkup {
  /** Well-formed, with tags that are known and closed; all else is text. */
  markup: string;
  /** What is read, without markup. */
  text: string;
  /** Of the largest letters. */
  points: number;
}

const token = /<(\/?)([a-z]+)((?:\s+[^<>]*)?)>|&(#?[0-9a-z]{1,9});|[^<&]+|[<&]/giy;

/**
 * Pango markup out of a text that may hold anything: tags that are taken keep their meaning, and whatever else there
 * is shows as it was written. What is left open is closed at the end.
 *
 * @example textMarkup('<b>A&B</b> <img>', 40).markup // '<b>A&amp;B</b> &lt;img&gt;'
 */
export const textMarkup = (source: string, points: number): TextMarkup => {
  const open: string[] = [];
  let markup = '';
  let text = '';
  let largest = points;
  const write = (characters: string): void => {
    markup += escaped(characters);
    text += characters;
  };
  const openTag = (name: string, attributes: string): boolean => {
    if (open.length >= mostOpenTags) return false;
    if (name !== 'span' && attributes.trim() !== '') return false;
    const read = readSpanAttributes(attributes);
    if (read === null) return false;
    for (const [attribute, value] of read) {
      if (attribute === 'size' || attribute === 'font_size')
        largest = Math.max(largest, pointsOf(value, largest));
    }
    markup += `<${[name, ...read.map(([attribute, value]) => `${attribute}="${value}"`)].join(' ')}>`;
    open.push(name);
    return true;
  };
  const closeTag = (name: string): boolean => {
    if (!open.includes(name)) return false;
    for (let last = open.pop(); last !== undefined; last = open.pop()) {
      markup += `</${last}>`;
      if (last === name) break;
    }
    return true;
  };
  for (const [all, slash, tag, attributes = '', entity] of source.matchAll(token)) {
    const name = tag?.toLowerCase() ?? '';
    const isTag = tagNames.has(name) && (slash === '/' ? closeTag(name) : openTag(name, attributes));
    if (!isTag) write(entity === undefined ? all : (characterOf(entity) ?? all));
  }
  for (let last = open.pop(); last !== undefined; last = open.pop()) markup += `</${last}>`;
  return { markup, text, points: largest };
};
