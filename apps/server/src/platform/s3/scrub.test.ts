import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createScrub, hintOf } from './scrub.ts';

const printable = fc
  .string({ unit: 'grapheme-ascii', minLength: 8, maxLength: 60 })
  .filter((text) => /^[!-~]+$/.test(text));

it('lets no spelling of a secret or token through, wherever it stands', () => {
  fc.assert(
    fc.property(
      printable,
      printable,
      fc.string(),
      fc.string(),
      (secretAccessKey, sessionToken, before, after) => {
        const scrub = createScrub({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey, sessionToken });
        for (const word of [secretAccessKey, sessionToken]) {
          // What the scrub itself writes may happen to hold a short word.
          fc.pre(!'[removed] …MPLE'.includes(word) && !before.includes(word) && !after.includes(word));
          const bytes = Buffer.from(word);
          for (const form of [
            word,
            encodeURIComponent(word),
            bytes.toString('base64'),
            bytes.toString('hex'),
          ]) {
            const clean = scrub(`${before} ${form} ${after}`);
            fc.pre(!before.includes(form) && !after.includes(form));
            expect(clean).not.toContain(form);
          }
        }
      },
    ),
  );
});

it('leaves ordinary words, ARNs and keys readable', () => {
  const text =
    'User: arn:aws:iam::123456789012:user/photos is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::photos/2026/summer/a.jpg"';
  expect(createScrub(null)(text)).toBe(text);
});

it('cuts what is long and drops what moves the cursor or turns the line', () => {
  expect(createScrub(null)(`a\u001b[31m\u202eb ${'word '.repeat(500)}`)).toMatch(/^a \[31m b word/);
  expect(createScrub(null)('word '.repeat(500)).length).toBeLessThanOrEqual(600);
});

it('shows the last four of a key id, and none of a short one', () => {
  expect([hintOf('AKIAIOSFODNN7EXAMPLE'), hintOf('abc')]).toEqual(['…MPLE', '…']);
});
