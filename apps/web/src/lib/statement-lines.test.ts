import fc from 'fast-check';
import { expect, it } from 'vitest';
import { statementLines } from './statement-lines.ts';

const policy = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Sid": "a}{", "Effect": "Allow" },
    {
      "Effect": "Deny",
      "Condition": { "StringLike": { "s3:prefix": ["a/*", "b/*"] } }
    }
  ]
}`;

it('finds each statement of a list', () => {
  expect(statementLines(policy, 0)).toEqual({ first: 4, last: 4 });
  expect(statementLines(policy, 1)).toEqual({ first: 5, last: 8 });
  expect(statementLines(policy, 2)).toBeNull();
});

it('finds a statement that stands without a list', () => {
  expect(statementLines('{"Statement":\n{"Effect":"Deny"}}', 0)).toEqual({ first: 2, last: 2 });
});

it('takes objects elsewhere for no statements', () => {
  expect(statementLines('{"Other": [{"a": 1}],\n"Statement": {}}', 0)).toEqual({ first: 2, last: 2 });
});

it('finds every statement of any policy, in order and inside the text', () => {
  const statements = fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(statements, (list) => {
      const text = JSON.stringify({ Id: '"Statement"', Statement: list }, null, 1);
      const lines = text.split('\n');
      const found = list.map((_, index) => statementLines(text, index));
      const parsed = found.map((place) => {
        const cut = lines.slice((place?.first ?? 1) - 1, place?.last).join('\n');
        return JSON.parse(cut.replace(/,$/, ''));
      });
      expect(parsed).toEqual(JSON.parse(text).Statement);
    }),
  );
});

it('survives any text', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(3), (text, index) => {
      const lines = statementLines(text, index);
      expect(lines === null || lines.first <= lines.last).toBe(true);
    }),
  );
});
