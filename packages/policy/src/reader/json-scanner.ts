import type { JsonString } from './json-node.ts';
import type { TextEdit } from './text-edit.ts';

/** What keeps a text from being JSON, and the edit that mends it where the meaning is beyond doubt. */
export interface JsonProblem {
  readonly message: string;
  readonly start: number;
  readonly end: number;
  readonly edit: TextEdit | null;
}

/** Quotes that word processors and other languages put where JSON has `"`, with what may close each. */
const quotes: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '`': '`',
  '\u201C': '\u201D\u201C"',
  '\u201D': '\u201D"',
  '\u201E': '\u201C\u201D"',
  '\u2018': "\u2019\u2018'",
  '\u2019': "\u2019'",
  '\u00AB': '\u00BB',
};

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

const structural = '{}[],:';
const numberForm = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

export const isQuote = (character: string | undefined): boolean =>
  character !== undefined && quotes[character] !== undefined;
export const isJsonNumber = (word: string): boolean => word.length <= 64 && numberForm.test(word);

/** Reads the tokens of a text from left to right. Each step moves on, so all of it takes time linear in the text. */
export interface JsonScanner {
  readonly text: string;
  readonly problems: JsonProblem[];
  at: number;
  /** The character at hand, or undefined at the end. */
  peek(): string | undefined;
  report(message: string, start: number, end: number, edit?: TextEdit | null): void;
  /** Passes white space and comments; comments are reported. */
  skip(): void;
  /** Reads a text in quotes of any kind. */
  string(): JsonString;
  /** Reads what has no quotes. A name ends at a colon, a value does not: ARNs have colons. */
  word(as: 'name' | 'value'): JsonString;
}

export const createJsonScanner = (text: string): JsonScanner => {
  const problems: JsonProblem[] = [];
  const scanner: JsonScanner = {
    text,
    problems,
    at: 0,
    peek: () => text[scanner.at],
    report: (message, start, end, edit = null) => {
      problems.push({ message, start, end: Math.max(end, start), edit });
    },
    skip: () => {
      for (;;) {
        while (isSpace(scanner.peek())) scanner.at += 1;
        if (foreignBlanks.has(scanner.peek() ?? '')) {
          const at = scanner.at;
          const name = at === 0 ? 'A byte order mark or' : 'An invisible';
          scanner.report(`${name} blank that JSON does not take`, at, at + 1, {
            start: at,
            end: at + 1,
            text: '',
          });
          scanner.at += 1;
          continue;
        }
        const end = commentEnd(text, scanner.at);
        if (end === null) return;
        const start = scanner.at;
        scanner.report('JSON has no comments', start, end, { start, end, text: '' });
        scanner.at = end;
      }
    },
    string: () => readString(scanner),
    word: (as) => {
      const start = scanner.at;
      while (scanner.at < text.length && !endsWord(text, scanner.at, as)) scanner.at += 1;
      const value = text.slice(start, scanner.at).trimEnd();
      scanner.at = start + value.length;
      return { type: 'string', value, start, end: scanner.at };
    },
  };
  return scanner;
};

/** Blanks that come with text from web pages and from Windows editors, and that JSON does not take. */
const foreignBlanks = new Set<string>(['\u00A0', '\u200B', '\u2028', '\u2029', '\uFEFF']);

const isSpace = (character: string | undefined): boolean =>
  character === ' ' || character === '\n' || character === '\r' || character === '\t';

const endsWord = (text: string, at: number, as: 'name' | 'value'): boolean => {
  const character = text[at] ?? '';
  if (character === '\n' || character === '\r' || isQuote(character)) return true;
  if (as === 'name') return structural.includes(character) || isSpace(character);
  // `//` within a word is part of a URL; after a blank it begins a comment.
  return ',]}'.includes(character) || (isSpace(character) && '/#'.includes(text[at + 1] ?? ' '));
};

const commentEnd = (text: string, at: number): number | null => {
  if (text.startsWith('/*', at)) {
    const close = text.indexOf('*/', at + 2);
    return close === -1 ? text.length : close + 2;
  }
  if (!text.startsWith('//', at) && text[at] !== '#') return null;
  let end = at;
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return end;
};

const readString = (scanner: JsonScanner): JsonString => {
  const { text } = scanner;
  const start = scanner.at;
  const closing = quotes[text[start] ?? ''] ?? '"';
  const parts: string[] = [];
  let sound = text[start] === '"';
  let from = start + 1;
  let at = from;
  let closed = false;
  while (at < text.length) {
    const character = text[at] ?? '';
    if (closing.includes(character)) {
      closed = true;
      break;
    }
    if (character === '\n' || character === '\r') break;
    if (character === '\\') {
      const { value, length } = readEscape(text, at);
      parts.push(text.slice(from, at), value ?? text.slice(at, at + length));
      if (value === null) sound = false;
      at += length;
      from = at;
      continue;
    }
    if (character < ' ') sound = false;
    at += 1;
  }
  parts.push(text.slice(from, at));
  const value = parts.join('');
  const end = closed ? at + 1 : at;
  scanner.at = end;
  if (!closed) {
    scanner.report('The closing quote of this text is missing', start, end);
  } else if (!sound || text[at] !== '"') {
    const message =
      text[start] === '"'
        ? 'This text holds a character or an escape that JSON does not have'
        : `JSON texts stand in straight double quotes, not in ${text[start]}`;
    scanner.report(message, start, end, { start, end, text: JSON.stringify(value) });
  }
  return { type: 'string', value, start, end };
};

const readEscape = (text: string, at: number): { value: string | null; length: number } => {
  const code = text[at + 1] ?? '';
  const simple = escapes[code];
  if (simple !== undefined) return { value: simple, length: 2 };
  const hex = text.slice(at + 2, at + 6);
  if (code === 'u' && /^[0-9a-fA-F]{4}$/.test(hex))
    return { value: String.fromCharCode(Number.parseInt(hex, 16)), length: 6 };
  // A stray backslash before a line end must not swallow it: the text would run on into the next line.
  return { value: null, length: code === '\n' || code === '\r' || code === '' ? 1 : 2 };
};
