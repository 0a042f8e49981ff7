import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { RenderError } from '../render/render-error.ts';
import { failureOf, limits, renderFile } from './testing/render-file.ts';
import { checkSvg } from './svg-guard.ts';

const svg = (inside: string, attributes = 'width="24" height="24"'): Buffer =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${inside}</svg>`,
  );

const icon = svg('<rect width="12" height="24" fill="#00f"/>');

/** Why it is refused; undefined where it is not. */
const refusal = (document: Buffer): string | undefined => {
  try {
    checkSvg(document.toString(), limits);
    return undefined;
  } catch (error) {
    if (error instanceof RenderError) return error.message;
    throw error;
  }
};

const isBlack = async (bytes: Uint8Array, left: number, top: number): Promise<boolean> => {
  const [red = 255] = await sharp(bytes)
    .flatten()
    .extract({ left, top, width: 1, height: 1 })
    .raw()
    .toBuffer();
  return red < 40;
};

describe('an SVG is drawn', () => {
  it('at its natural size where none is asked for', async () => {
    expect(await renderFile(icon, 'format=png')).toMatchObject({
      width: 24,
      height: 24,
      facts: { format: 'svg' },
    });
    const boxed = svg('', 'viewBox="0 0 200 100"');
    expect(await renderFile(boxed, 'format=png')).toMatchObject({ width: 200, height: 100 });
  });

  it.each([
    ['width=300', 300, 300],
    ['height=7', 7, 7],
    ['width=300&height=100', 100, 100],
    ['width=300&height=100&mode=crop', 300, 100],
    ['width=300&height=100&mode=contain', 300, 100],
    ['width=300&height=100&mode=force', 300, 100],
    ['width=40&orientation=6', 40, 40],
  ])('at the size that is asked for: %s', async (query, width, height) => {
    const { bytes } = await renderFile(icon, `${query}&format=png`);
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width, height });
  });

  it('with sharp edges, never enlarged as pixels', async () => {
    const { bytes } = await renderFile(icon, 'width=480&format=png');
    const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
    const row = Array.from(
      { length: info.width },
      (_, x) => data[(240 * info.width + x) * info.channels + 3] ?? 0,
    );
    expect(row.filter((alpha) => alpha > 0 && alpha < 255).length).toBeLessThanOrEqual(1);
  });

  it('with text, gradients, styles, and pictures of its own', async () => {
    const dot = await sharp({ create: { width: 4, height: 4, channels: 3, background: '#000' } })
      .png()
      .toBuffer();
    const picture = svg(
      `<style>.a{fill:url(#g)}</style><defs><linearGradient id="g"><stop stop-color="red"/></linearGradient></defs>
       <rect class="a" width="12" height="12"/><a href="https://example.com"><text>&#60;&amp;</text></a>
       <image x="12" width="12" height="12" href="data:image/png;base64,${dot.toString('base64')}"/>
       <use href="#g"/><script>alert(1)</script>`,
    );
    const { bytes } = await renderFile(picture, 'format=png');
    expect(await isBlack(bytes, 18, 6)).toBe(true);
  });
});

describe('an SVG is refused', () => {
  it.each([
    [
      'a DTD',
      Buffer.from('<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"/>'),
      /document type/,
    ],
    ['entities of its own', svg('<text>&a;</text>'), /entity/],
    ['a style sheet by instruction', Buffer.from('<?xml-stylesheet href="x.css"?><svg/>'), /instruction/],
    ['another encoding', Buffer.from('<?xml version="1.0" encoding="utf-7"?><svg/>'), /UTF-8/],
    ['a picture by URL', svg('<image href="https://example.com/a.png"/>'), /outside/],
    ['a picture by path', svg('<image xlink:href="file:///etc/passwd"/>'), /outside/],
    ['a picture by an encoded URL', svg('<image href="&#104;ttp://example.com/a"/>'), /outside/],
    ['a picture that is an SVG', svg('<image href="data:image/svg+xml;base64,PHN2Zy8+"/>'), /outside/],
    ['a use of another file', svg('<use href="other.svg#a"/>'), /outside/],
    ['url() in an attribute', svg('<rect fill="url(https://example.com/#a)"/>'), /outside/],
    ['url() in a style', svg('<rect style="fill:url( \'x.svg#a\')"/>'), /outside/],
    ['url() in a style sheet', svg('<style>a{fill:url(x)}</style>'), /outside/],
    ['@import', svg('<style><![CDATA[@IMPORT "x.css";]]></style>'), /imports/],
    ['escapes in a style', svg('<style>a{fill:u\\72l(x)}</style>'), /escapes/],
    ['XInclude', svg('<xi:include href="#x" xmlns:xi="http://www.w3.org/2001/XInclude"/>'), /include/],
    ['feImage', svg('<filter><feImage href="#x"/></filter>'), /feimage/],
    ['xml:base', svg('', 'xml:base="https://example.com/"'), /base/],
    ['no end', Buffer.from('<svg><g>'), /cut off/],
    ['no beginning', Buffer.from('<svg></g></svg></svg>'), /well-formed/],
    ['attributes without quotes', svg('<image href=x />'), /well-formed/],
    ['an attribute twice', svg('<use href="#a" href="x"/>'), /well-formed/],
  ])('with %s', (_, document, words) => {
    expect(refusal(document)).toMatch(words);
  });

  it('with a picture beyond the limits inside', async () => {
    const large = await sharp({ create: { width: 9000, height: 9000, channels: 3, background: '#fff' } })
      .png({ compressionLevel: 9 })
      .toBuffer();
    expect(refusal(svg(`<image href="data:image/png;base64,${large.toString('base64')}"/>`))).toMatch(
      /pixels/,
    );
    expect(refusal(svg('<image href="data:image/png;base64,AAAA"/>'))).toMatch(/cannot be read/);
  });

  it('when it is larger than the limits', async () => {
    expect(await failureOf(svg('', 'width="30000" height="30000"'), 'width=100')).toBe('too-large');
    expect(await failureOf(svg('', 'viewBox="0 0 0 0"'), 'width=100')).toBe('not-an-image');
    expect(
      await renderFile(icon, 'width=8000&format=png', { limits: { maxInputPixels: 10_000 } }),
    ).toMatchObject({
      width: 100,
      height: 100,
    });
  });

  it('when it comes to a billion elements, at once', async () => {
    const levels = Array.from(
      { length: 30 },
      (_, level) => `<g id="a${level + 1}">${`<use href="#a${level}"/>`.repeat(10)}</g>`,
    );
    const patterns = Array.from(
      { length: 30 },
      (_, level) => `<pattern id="p${level + 1}">${`<rect fill="url(#p${level})"/>`.repeat(10)}</pattern>`,
    );
    const uses = svg(`<rect id="a0"/>${levels.join('')}<use href="#a30"/>`);
    const fills = svg(`<pattern id="p0"/>${patterns.join('')}<rect fill="url(#p30)"/>`);
    const deep = svg(
      Array.from({ length: 2000 }, (_, level) => `<g id="d${level}"><use href="#d${level + 1}"/></g>`).join(
        '',
      ),
    );
    const entities = Buffer.from(
      `<!DOCTYPE svg [${'bcdefghij'.replaceAll(/./g, (name, at: number) => `<!ENTITY ${name} "${`&${'abcdefghi'[at]};`.repeat(10)}">`)}]><svg><text>&j;</text></svg>`,
    );
    const before = process.cpuUsage();
    for (const bomb of [uses, fills, deep]) expect(await failureOf(bomb)).toBe('too-large');
    expect(await failureOf(entities)).toBe('not-an-image');
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(300);
  });

  it('whatever is written, without another error, and in linear time', () => {
    const pieces = fc.constantFrom(
      '<svg>',
      '</svg>',
      '<g ',
      'id="a"',
      '/>',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '&',
      '#',
      ' ',
      'url(',
      '"',
      '<?xml ',
      '?>',
      'href="#a"',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        refusal(Buffer.from(parts.join('')));
      }),
    );
    const before = performance.now();
    for (const piece of ['<g ', '<!--', 'a="b" ', '&amp;', '<?xml ', 'url(#', '<g>'])
      refusal(svg(piece.repeat(100_000)));
    expect(performance.now() - before).toBeLessThan(3000);
  });
});
