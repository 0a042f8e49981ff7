import type { JsonMember, JsonNode, JsonString } from './json-node.ts';
import {
  createJsonScanner,
  isJsonNumber,
  isQuote,
  type JsonProblem,
  type JsonScanner,
} from './json-scanner.ts';
import { applyEdits } from './text-edit.ts';

/** Far beyond any policy (AWS: 20 KB at most), near enough that no text holds up the page that reads it. */
export const jsonLimits = { maxLength: 262_144, maxDepth: 32, maxProblems: 50 } as const;

export interface JsonReading {
  /** What could be understood; null when nothing was. */
  readonly root: JsonNode | null;
  /** In the order of the text. Empty exactly when `JSON.parse` takes the text too and no name stands twice in an object. */
  readonly problems: readonly JsonProblem[];
  /** The text as JSON, when every problem has a mend beyond doubt; null otherwise and when there is nothing to mend. */
  readonly repaired: string | null;
}

/**
 * Reads JSON and keeps the place of every name and value. What people really paste is read as far as its meaning is
 * clear: comments, trailing and missing commas, other quotes, bare words, missing brackets, a byte order mark, text
 * around the document. Each deviation is a problem with its place. Never throws; time is linear in the text.
 *
 * Source of the grammar: RFC 8259.
 *
 * @example readJson("{'Version': '2012-10-17',}").repaired // '{"Version": "2012-10-17"}'
 */
export const readJson = (text: string): JsonReading => {
  if (text.length > jsonLimits.maxLength) {
    const message = `The text is longer than ${jsonLimits.maxLength} characters; no policy is`;
    return { root: null, problems: [{ message, start: 0, end: 0, edit: null }], repaired: null };
  }
  const scanner = createJsonScanner(text);
  const root = readDocument(scanner);
  const problems = scanner.problems.toSorted((a, b) => a.start - b.start);
  return {
    root,
    problems: problems.slice(0, jsonLimits.maxProblems),
    repaired: repair(text, scanner.problems),
  };
};

const repair = (text: string, problems: readonly JsonProblem[]): string | null => {
  const edits = problems.flatMap(({ edit }) => edit ?? []);
  if (edits.length === 0 || edits.length < problems.length) return null;
  const repaired = applyEdits(text, edits);
  const again = createJsonScanner(repaired);
  readDocument(again);
  return again.problems.length === 0 ? repaired : null;
};

const readDocument = (scanner: JsonScanner): JsonNode | null => {
  scanner.skip();
  skipForeword(scanner);
  const first = scanner.peek();
  if (first === undefined) {
    scanner.report('There is no text to read', scanner.at, scanner.at);
    return null;
  }
  const value = readValue(scanner, { depth: 0, closers: [] });
  scanner.skip();
  const root =
    value?.type === 'string' && scanner.peek() === ':' ? readBareMembers(scanner, value, []) : value;
  scanner.skip();
  if (scanner.at < scanner.text.length) {
    const start = scanner.at;
    const end = scanner.text.length;
    scanner.report('The document ends before this text', start, end, { start, end, text: '' });
  }
  return root;
};

/** Text before the document: a fence of Markdown, a sentence, a command. */
const skipForeword = (scanner: JsonScanner): void => {
  const first = scanner.peek();
  if (first === undefined || '{["'.includes(first) || (isQuote(first) && !scanner.text.startsWith('```')))
    return;
  const open = scanner.text.indexOf('{', scanner.at);
  if (open === -1) return;
  const start = scanner.at;
  scanner.report('Text before the document', start, open, { start, end: open, text: '' });
  scanner.at = open;
};

interface Nesting {
  readonly depth: number;
  /** What closes the objects and arrays around, the innermost last. */
  readonly closers: readonly string[];
}

const readValue = (scanner: JsonScanner, nesting: Nesting): JsonNode | null => {
  const first = scanner.peek();
  if (first === '{' || first === '[') {
    if (nesting.depth >= jsonLimits.maxDepth) {
      scanner.report(`Nested deeper than ${jsonLimits.maxDepth} levels`, scanner.at, scanner.at + 1);
      scanner.at = scanner.text.length;
      return null;
    }
    const inner = { depth: nesting.depth + 1, closers: [...nesting.closers, first === '{' ? '}' : ']'] };
    return first === '{' ? readObject(scanner, inner) : readArray(scanner, inner);
  }
  return isQuote(first) ? scanner.string() : readWord(scanner);
};

const literals: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
  // Python's and Ruby's; `True` and `False` fold to JSON's.
  ['none', null],
  ['nil', null],
]);

const readWord = (scanner: JsonScanner): JsonNode => {
  const word = scanner.word('value');
  const { start, end, value } = word;
  if (end === start) {
    // A sign that begins no value, such as a colon: it is passed so that reading goes on.
    scanner.at += scanner.at < scanner.text.length ? 1 : 0;
    scanner.report('A value is missing here', start, scanner.at);
    return word;
  }
  if (isJsonNumber(value)) return { type: 'number', value: Number(value), start, end };
  const literal = literals.get(value.toLowerCase());
  if (literal !== undefined) {
    const text = String(literal);
    if (value !== text) scanner.report(`JSON writes this as ${text}`, start, end, { start, end, text });
    return { type: 'literal', value: literal, start, end };
  }
  scanner.report('A text stands in double quotes', start, end, { start, end, text: JSON.stringify(value) });
  return word;
};

const readObject = (scanner: JsonScanner, nesting: Nesting): JsonNode => {
  const start = scanner.at;
  scanner.at += 1;
  const members = readMembers(scanner, nesting, new Map());
  close(scanner, nesting, '{', start, members.at(-1)?.end ?? start + 1);
  return { type: 'object', members, start, end: scanner.at };
};

/** Members whose braces were lost, as happens to code on web pages; `name` has been read. */
const readBareMembers = (scanner: JsonScanner, name: JsonString, closers: readonly string[]): JsonNode => {
  const { start } = name;
  scanner.report('The opening { before this name is missing', start, name.end, {
    start,
    end: start,
    text: '{',
  });
  scanner.at = start;
  const nesting = { depth: closers.length + 1, closers };
  const members = readMembers(scanner, nesting, new Map());
  const end = members.at(-1)?.end ?? scanner.at;
  // Where the } is there and only the { was lost, the } closes what is read here.
  if (scanner.peek() === '}' && !closers.includes('}')) scanner.at += 1;
  else scanner.report('The closing } after this is missing', end, end, { start: end, end, text: '}' });
  return { type: 'object', members, start, end: Math.max(end, scanner.at) };
};

const readMembers = (
  scanner: JsonScanner,
  nesting: Nesting,
  seen: Map<string, JsonString>,
): readonly JsonMember[] => {
  const members: JsonMember[] = [];
  for (;;) {
    scanner.skip();
    if (!separate(scanner, members.at(-1)?.end, '}')) return members;
    const name = readName(scanner);
    if (name === null) continue;
    const twin = seen.get(name.value);
    if (twin)
      scanner.report(`${JSON.stringify(name.value)} stands twice in this object`, name.start, name.end);
    seen.set(name.value, name);
    scanner.skip();
    readColon(scanner, name);
    scanner.skip();
    const next = scanner.peek();
    if (next === undefined || ',}]'.includes(next)) {
      scanner.report(`${JSON.stringify(name.value)} has no value`, name.start, name.end);
      continue;
    }
    const value = readValue(scanner, nesting);
    if (value) members.push({ name, value, start: name.start, end: value.end });
  }
};

const readName = (scanner: JsonScanner): JsonString | null => {
  const first = scanner.peek();
  if (isQuote(first)) return scanner.string();
  const name = scanner.word('name');
  const { start, end, value } = name;
  if (end > start) {
    scanner.report('A name stands in double quotes', start, end, { start, end, text: JSON.stringify(value) });
    return name;
  }
  scanner.at += 1;
  scanner.report('A name is missing here', start, scanner.at);
  return null;
};

const readColon = (scanner: JsonScanner, name: JsonString): void => {
  if (scanner.peek() === ':') {
    scanner.at += 1;
    return;
  }
  const written = scanner.text.startsWith('=>', scanner.at) ? 2 : scanner.peek() === '=' ? 1 : 0;
  const start = written > 0 ? scanner.at : name.end;
  scanner.report('The colon after this name is missing', name.start, name.end, {
    start,
    end: start + written,
    text: ':',
  });
  scanner.at += written;
};

const readArray = (scanner: JsonScanner, nesting: Nesting): JsonNode => {
  const start = scanner.at;
  scanner.at += 1;
  const items: JsonNode[] = [];
  for (;;) {
    scanner.skip();
    if (!separate(scanner, items.at(-1)?.end, ']')) break;
    const item = readValue(scanner, nesting);
    if (!item) continue;
    scanner.skip();
    const isName = item.type === 'string' && scanner.peek() === ':';
    items.push(isName ? readBareMembers(scanner, item, nesting.closers) : item);
  }
  close(scanner, nesting, '[', start, items.at(-1)?.end ?? start + 1);
  return { type: 'array', items, start, end: scanner.at };
};

/** Passes the comma before the next member or item. False where the list ends. `previousEnd` is absent before the first. */
const separate = (scanner: JsonScanner, previousEnd: number | undefined, closer: '}' | ']'): boolean => {
  let comma: number | null = null;
  while (scanner.peek() === ',') {
    if (comma !== null || previousEnd === undefined) {
      const at = scanner.at;
      scanner.report('A comma too many', at, at + 1, { start: at, end: at + 1, text: '' });
    } else {
      comma = scanner.at;
    }
    scanner.at += 1;
    scanner.skip();
  }
  const next = scanner.peek();
  if (next === undefined || next === '}' || next === ']') {
    if (comma !== null)
      scanner.report(`The comma before the closing ${next ?? closer} must go`, comma, comma + 1, {
        start: comma,
        end: comma + 1,
        text: '',
      });
    return false;
  }
  if (comma === null && previousEnd !== undefined)
    scanner.report('A comma is missing after this', Math.max(0, previousEnd - 1), previousEnd, {
      start: previousEnd,
      end: previousEnd,
      text: ',',
    });
  return true;
};

const close = (
  scanner: JsonScanner,
  { closers }: Nesting,
  opener: '{' | '[',
  start: number,
  contentEnd: number,
): void => {
  const closer = opener === '{' ? '}' : ']';
  const at = scanner.at;
  const next = scanner.peek();
  if (next === closer) {
    scanner.at += 1;
    return;
  }
  if (next !== undefined && !closers.slice(0, -1).includes(next)) {
    scanner.report(`${next} stands where ${closer} closes`, at, at + 1, {
      start: at,
      end: at + 1,
      text: closer,
    });
    scanner.at += 1;
    return;
  }
  // The bracket that was opened is the token a person looks for: what is missing has no place of its own.
  scanner.report(`The closing ${closer} for this ${opener} is missing`, start, start + 1, {
    start: contentEnd,
    end: contentEnd,
    text: closer,
  });
};
