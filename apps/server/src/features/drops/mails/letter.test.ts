import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { letterAsHtml, letterAsText, oneLine, type Letter } from './letter.ts';

const letter: Letter = {
  subject: 'Order prints: order 26-00042 received',
  heading: 'Order prints',
  color: '#0b7285',
  greeting: 'Hello Zoë,',
  paragraphs: ['Thank you.'],
  facts: [['Order', '26-00042']],
  files: {
    rows: [{ name: 'a.jpg', size: '3.4 MB', hash: 'SHA-256 abc=', options: 'Copies: 2' }],
    more: 1200,
  },
  link: { label: 'See how your order stands', url: 'https://media.example.com/o/abc' },
  closing: 'Keep the link to yourself.',
};

const tags = (html: string): string => (html.match(/<[^>]*>/g) ?? []).join('');

describe('a letter', () => {
  it('is plain text that can be read as it stands', () => {
    expect(letterAsText(letter)).toBe(`Order prints

Hello Zoë,

Thank you.

Order: 26-00042

See how your order stands:
https://media.example.com/o/abc

- a.jpg  3.4 MB
  Copies: 2
  SHA-256 abc=
and 1,200 more

Keep the link to yourself.
`);
  });

  it('is HTML that fetches nothing', () => {
    const html = letterAsHtml(letter);
    expect(html).toContain('<a href="https://media.example.com/o/abc">See how your order stands</a>');
    expect(html).toContain('and 1,200 more');
    expect(html).not.toMatch(/<(img|script|link|style|iframe)|url\(|@import/i);
  });

  it('reads nothing into what people wrote', () => {
    const evil = "\"><script>alert(1)</script><a href='javascript:x'>&";
    const row = { name: evil, size: evil, hash: evil, options: evil };
    const html = letterAsHtml({
      ...letter,
      subject: evil,
      heading: evil,
      greeting: evil,
      paragraphs: [evil],
      facts: [[evil, evil]],
      files: { rows: [row], more: 0 },
      closing: evil,
    });
    expect(html).not.toContain('<script');
    expect(html).not.toContain("'javascript");
    expect(html.match(/<a /g)).toHaveLength(1);
  });

  it('has tags of its own only, whatever the text', () => {
    const plain = tags(letterAsHtml({ ...letter, paragraphs: ['x'] }));
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const html = letterAsHtml({ ...letter, paragraphs: [text.replaceAll('\n', '')] });
        expect(tags(html)).toBe(plain);
      }),
    );
  });
});

describe('a line of a head', () => {
  it('is one', () => {
    expect(oneLine('Hello\r\nBcc: spy@example.com\u2028x\u0085y\0z')).toBe(
      'Hello Bcc: spy@example.com x y z',
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(oneLine(text)).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      }),
    );
  });
});
