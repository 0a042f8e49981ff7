import type { JsonArray, JsonNode, JsonObject } from './json-node.ts';
import { applyEdits, type TextEdit } from './text-edit.ts';

interface Placed {
  readonly start: number;
  readonly end: number;
}

/** Takes entries out of an object or array with the commas that they leave over. */
export const removeEntries = (
  entries: readonly Placed[],
  isRemoved: (index: number) => boolean,
): TextEdit[] => {
  const lastKept = entries.findLastIndex((_, index) => !isRemoved(index));
  const first = entries[0];
  const last = entries.at(-1);
  if (lastKept === -1) return first && last ? [{ start: first.start, end: last.end, text: '' }] : [];
  return entries.flatMap((entry, index) => {
    if (!isRemoved(index)) return [];
    const next = entries[index + 1];
    if (index < lastKept && next) return [{ start: entry.start, end: next.start, text: '' }];
    return [{ start: entries[index - 1]?.end ?? entry.start, end: entry.end, text: '' }];
  });
};

/** Takes one member out of an object. */
export const removeMember = (object: JsonObject, member: Placed): TextEdit[] =>
  removeEntries(object.members, (index) => object.members[index] === member);

/** The white space that stands before an entry of a list: what a further entry is to begin with. */
const leadOf = (text: string, list: Placed, entries: readonly Placed[]): string => {
  const first = entries[0];
  return first ? text.slice(list.start + 1, first.start) : '';
};

/** The white space between entries after their comma; a list on one line has a blank there. */
const gapOf = (text: string, list: Placed, entries: readonly Placed[]): string => {
  const lead = leadOf(text, list, entries);
  if (lead.trim() === '' && lead.includes('\n')) return lead;
  return isCompact(text) ? '' : ' ';
};

const isCompact = (text: string): boolean => !text.includes(': ') && !text.includes(', ');

/** A value as JSON in the manner of the text around it: indented where it has lines, compact where it is compact. */
export const formatValue = (text: string, at: number, value: unknown): string => {
  if (!text.includes('\n')) return isCompact(text) ? JSON.stringify(value) : spaced(value);
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  const indent = blanksAt(text, lineStart);
  return JSON.stringify(value, null, indentUnit(text)).replaceAll('\n', `\n${indent}`);
};

const spaced = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}: ${spaced(member)}`);
  return `{${members.join(', ')}}`;
};

const blanksAt = (text: string, start: number): string => {
  let end = start;
  while (text[end] === ' ' || text[end] === '\t') end += 1;
  return text.slice(start, end);
};

/** The indentation of the first line that has one. */
const indentUnit = (text: string): string => {
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    const blanks = blanksAt(text, at + 1);
    if (blanks !== '' && blanks.length <= 8) return blanks;
  }
  return '  ';
};

const namedText = (text: string, at: number, name: string, value: unknown): string =>
  `${JSON.stringify(name)}:${isCompact(text) ? '' : ' '}${formatValue(text, at, value)}`;

/** Puts a member before all others. */
export const prependMember = (text: string, object: JsonObject, name: string, value: unknown): TextEdit[] => {
  const first = object.members[0];
  const at = first?.start ?? object.start + 1;
  const member = namedText(text, at, name, value);
  const gap = gapOf(text, object, object.members);
  return [{ start: at, end: at, text: first ? `${member},${gap}` : member }];
};

/** Puts a member behind another, or behind the last. */
export const appendMember = (
  text: string,
  object: JsonObject,
  name: string,
  value: unknown,
  after: Placed | undefined = object.members.at(-1),
): TextEdit[] => {
  if (!after) return prependMember(text, object, name, value);
  const member = namedText(text, after.start, name, value);
  return [{ start: after.end, end: after.end, text: `,${gapOf(text, object, object.members)}${member}` }];
};

/** Puts JSON text into a list behind an item, or makes a list of a single value. */
export const appendItem = (
  text: string,
  value: JsonNode,
  item: string,
  after: Placed | undefined = value.type === 'array' ? value.items.at(-1) : value,
): TextEdit[] => {
  if (value.type !== 'array')
    return [
      { start: value.start, end: value.start, text: '[' },
      { start: value.end, end: value.end, text: `,${isCompact(text) ? '' : ' '}${item}]` },
    ];
  if (!after) return [{ start: value.start + 1, end: value.start + 1, text: item }];
  return [{ start: after.end, end: after.end, text: `,${gapOf(text, value, value.items)}${item}` }];
};

/** Takes items out of a list; the last one that stays keeps its brackets. */
export const removeItems = (list: JsonArray, isRemoved: (item: JsonNode) => boolean): TextEdit[] =>
  removeEntries(list.items, (index) => {
    const item = list.items[index];
    return item !== undefined && isRemoved(item);
  });

/** Takes one item out of a list; nothing for the only one, and for what is in no list. */
export const removeItem = (list: JsonNode | undefined, item: JsonNode | undefined): TextEdit[] =>
  list?.type === 'array' && list.items.length > 1 ? removeItems(list, (other) => other === item) : [];

/** The text of a node with edits that lie within it. */
export const editedText = (text: string, node: Placed, edits: readonly TextEdit[]): string =>
  applyEdits(
    text.slice(node.start, node.end),
    edits.map((edit) => ({ ...edit, start: edit.start - node.start, end: edit.end - node.start })),
  );

export const replaceNode = (node: Placed, text: string): TextEdit => ({
  start: node.start,
  end: node.end,
  text,
});
