import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { textMarkup } from './text-markup.ts';

const markupOf = (text: string): string => textMarkup(text, 40).markup;

describe('textMarkup', () => {
  it.each([
    ['<b>b</b><i>i</i><u>u</u><s>s</s><sub>1</sub><sup>2</sup><tt>t</tt>', undefined],
    ['<B>big</B>', '<b>big</b>'],
    ['a < b & c > d "e"', 'a &lt; b &amp; c &gt; d &quot;e&quot;'],
    ['<img src=x>', '&lt;img src=x&gt;'],
    ['<script>', '&lt;script&gt;'],
    ['<b>open', '<b>open</b>'],
    ['close</b>', 'close&lt;/b&gt;'],
    ['<b><i>crossed</b></i>', '<b><i>crossed</i></b>&lt;/i&gt;'],
    ['<b class="x">no</b>', '&lt;b class=&quot;x&quot;&gt;no&lt;/b&gt;'],
    ['AT&amp;T &lt;3 &#8364; &#x20AC;', 'AT&amp;T &lt;3 € €'],
    ['&nbsp; &#0; &#xD800; &#1114112;', '&amp;nbsp; &amp;#0; &amp;#xD800; &amp;#1114112;'],
  ])('makes of %s what Pango may see', (text, expected = text) => {
    expect(markupOf(text)).toBe(expected);
  });

  it.each([
    ['size="9pt" weight="bold"', 'size="9pt" weight="bold"'],
    ["color='red'", 'color="#ff0000"'],
    ['color="#0F08"', 'color="#00ff00"'],
    ['foreground="nosuchcolour" style="italic"', 'style="italic"'],
    ['size="9000pt"', ''],
    ['size="300%"', ''],
    ['font_desc="x 9000" letter_spacing="100000" rise="99999"', ''],
    ['weight="nonsense"', ''],
    ['face="DejaVu Serif"', 'face="DejaVu Serif"'],
  ])('takes of a span with %s: %s', (attributes, taken) => {
    expect(markupOf(`<span ${attributes}>x</span>`)).toBe(`<span${taken === '' ? '' : ` ${taken}`}>x</span>`);
  });

  it('shows a span as text whose attributes are none', () => {
    expect(markupOf('<span onclick=x>a</span>')).toBe('&lt;span onclick=x&gt;a&lt;/span&gt;');
  });

  it('tells the text that is read and the size of its largest letters', () => {
    expect(textMarkup('<span size="90pt">A&amp;B</span>', 40)).toMatchObject({ text: 'A&B', points: 90 });
    expect(textMarkup('<span size="9pt">A</span>', 40).points).toBe(40);
  });

  it('is never refused by Pango', async () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '<b>',
        '</b>',
        '<i>',
        '</i>',
        '<sup>',
        '</sup>',
        '<span size="9pt">',
        '<span color="x">',
        '</span>',
        '<',
        '&',
        '&lt;',
        '&#65;',
        '">',
        '<span',
        '<b',
        '/>',
        '<!--',
        '<![CDATA[',
        '\n',
      ),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
        // A letter, as Pango draws nothing for blanks.
        const source = `x${pieces.join('')}`.replaceAll(/[^\P{Cc}\n\t]/gu, '');
        const { markup } = textMarkup(source, 10);
        const drawn = sharp({
          text: { text: `<span>${markup}</span>`, font: 'DejaVu Sans 10', dpi: 72, rgba: true },
        });
        expect((await drawn.metadata()).width).toBeGreaterThan(0);
      }),
      { numRuns: 60 },
    );
  });
});
