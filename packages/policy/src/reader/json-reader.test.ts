import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainValue } from './json-node.ts';
import { jsonLimits, readJson } from './json-reader.ts';
import { createLineIndex } from './line-index.ts';

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
const messagesOf = (text: string): string[] => readJson(text).problems.map(({ message }) => message);

describe('JSON as it should be', () => {
  test('gives the value of JSON.parse and no problem', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8 }), fc.boolean(), (json, pretty) => {
        const text = pretty ? JSON.stringify(JSON.parse(json), null, 2) : json;
        const { root, problems } = readJson(text);
        expect(problems.filter(({ message }) => !message.includes('stands twice'))).toEqual([]);
        expect(root && plainValue(root)).toEqual(JSON.parse(text));
      }),
    );
  });

  test('keeps the place of every name and value', () => {
    const text = '{\r\n  "Version": "2012-10-17",\n  "Statement": []\n}';
    const { root } = readJson(text);
    const spanOf = createLineIndex(text);
    const members = root?.type === 'object' ? root.members : [];
    expect(
      members.map(({ name, value }) => [
        text.slice(name.start, name.end),
        text.slice(value.start, value.end),
      ]),
    ).toEqual([
      ['"Version"', '"2012-10-17"'],
      ['"Statement"', '[]'],
    ]);
    expect(members.map(({ value }) => spanOf(value.start, value.end))).toMatchObject([
      { line: 2, column: 14, endLine: 2, endColumn: 26 },
      { line: 3, column: 16, endLine: 3, endColumn: 18 },
    ]);
  });
});

describe('JSON as it is pasted', () => {
  test.each([
    ['a trailing comma', '{"a": [1, 2,],}', '{"a": [1, 2]}'],
    ['a missing comma', '{"a": 1\n "b": ["x" "y"]}', '{"a": 1,\n "b": ["x", "y"]}'],
    ['two commas', '{"a": 1,, "b": 2}', '{"a": 1, "b": 2}'],
    ['single quotes', `{'a': 'it "is"'}`, String.raw`{"a": "it \"is\""}`],
    ['smart quotes', '{“a”: “b”}', '{"a": "b"}'],
    ['comments', '{"a": 1 /* one */, // two\n"b": 2 # three\n}', '{"a": 1 , \n"b": 2 \n}'],
    [
      'bare words',
      '{Effect: Allow, Resource: arn:aws:s3:::b/*}',
      '{"Effect": "Allow", "Resource": "arn:aws:s3:::b/*"}',
    ],
    ['literals of Python', '{"a": True, "b": None}', '{"a": true, "b": null}'],
    ['a byte order mark', '\uFEFF{"a": 1}', '{"a": 1}'],
    ['a no-break space', '{\u00A0"a": 1}', '{"a": 1}'],
    ['a fence of Markdown', '```json\n{"a": 1}\n```', '{"a": 1}\n'],
    ['missing brackets at the end', '{"a": [{"b": 1', '{"a": [{"b": 1}]}'],
    ['a bracket that does not fit', '{"a": [1, 2}', '{"a": [1, 2]}'],
    ['a wrong bracket at the end', '{"a": 1]', '{"a": 1}'],
    ['lost outer braces', '"a": 1,\n"b": [2]', '{"a": 1,\n"b": [2]}'],
    ['lost braces in a list', '{"a": ["b": 1, "c": 2]}', '{"a": [{"b": 1, "c": 2}]}'],
    ['an equals sign', '{"a" = 1, "b" => 2}', '{"a" : 1, "b" : 2}'],
    ['a stray escape', String.raw`{"a": "b\d"}`, String.raw`{"a": "b\\d"}`],
    ['a second closing brace', '{"a": 1}}', '{"a": 1}'],
  ])('mends %s', (_name, text, repaired) => {
    expect(readJson(text).repaired).toBe(repaired);
    expect(parsed(repaired)).toBeDefined();
  });

  test.each([
    ['a name that stands twice', '{"a": 1, "a": 2}', '"a" stands twice in this object'],
    ['a text without its end', '{"a": "b\n}', 'The closing quote of this text is missing'],
    ['a name without a value', '{"a": }', '"a" has no value'],
    ['nothing', '  ', 'There is no text to read'],
  ])('does not guess at %s', (_name, text, message) => {
    expect(messagesOf(text)).toContain(message);
    expect(readJson(text).repaired).toBeNull();
  });

  test('names the opening bracket whose end is missing', () => {
    const text = '{\n  "Statement": [\n    {"Effect": "Allow"}\n}';
    const { problems } = readJson(text);
    const first = problems[0];
    expect(first?.message).toBe('The closing ] for this [ is missing');
    expect(createLineIndex(text)(first?.start ?? 0, first?.end ?? 0)).toMatchObject({ line: 2, column: 16 });
  });
});

describe('any text', () => {
  const fragments = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '{',
          '}',
          '[',
          ']',
          ',',
          ':',
          '"',
          "'",
          '\\',
          '\n',
          '//',
          '/*',
          '#',
          '“',
          '`',
          'constructor',
          '"a"',
          '1',
          'true',
          '\uFEFF',
        ),
        fc.string({ unit: 'binary', maxLength: 4 }),
      ),
      { maxLength: 60 },
    )
    .map((parts) => parts.join(''));

  test('never throws, agrees with JSON.parse on what is JSON, and mends to JSON or not at all', () => {
    fc.assert(
      fc.property(fragments, (text) => {
        const { problems, repaired } = readJson(text);
        expect(problems.length === 0).toBe(
          parsed(text) !== undefined && !problems.some((p) => p.message.includes('twice')),
        );
        expect(repaired === null || parsed(repaired) !== undefined).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });

  test.each(['[', '{"a":', '"a":', "'", '/*', '\\', ',', '"\\u', 'x ', '{}', '#\n', '`'])(
    'takes time linear in its length: %s over and over',
    (part) => {
      const started = performance.now();
      readJson(part.repeat(Math.floor(jsonLimits.maxLength / part.length)));
      expect(performance.now() - started).toBeLessThan(1500);
    },
  );

  test('is refused when it is longer than any policy', () => {
    expect(readJson(' '.repeat(jsonLimits.maxLength + 1)).root).toBeNull();
  });
});
