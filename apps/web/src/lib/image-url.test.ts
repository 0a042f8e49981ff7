import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  colorParameter,
  curlLine,
  encodePath,
  imageHtml,
  imageParameters,
  isAspectRatio,
  noControls,
  publicImageUrl,
  srcsetPlan,
} from './image-url.ts';

describe('imageParameters', () => {
  it('sends nothing for untouched controls', () => {
    expect(imageParameters(noControls)).toEqual({});
  });

  it('uses the names of the URL grammar', () => {
    const controls = {
      ...noControls,
      width: 600,
      dpr: 2,
      mode: 'crop' as const,
      aspectRatio: '16:9',
      format: 'webp' as const,
      backgroundColor: '#0c6b6a',
    };
    expect(imageParameters(controls)).toEqual({
      width: '600',
      dpr: '2',
      mode: 'crop',
      'aspect-ratio': '16:9',
      format: 'webp',
      'background-color': '12,107,106',
    });
  });

  it('leaves out what is still being typed', () => {
    expect(imageParameters({ ...noControls, aspectRatio: '16:', backgroundColor: '#0c6' })).toEqual({});
  });

  it('sends an empty download, which means the object’s own name', () => {
    expect(imageParameters({ ...noControls, download: true })).toEqual({ download: '' });
    expect(imageParameters({ ...noControls, downloadName: 'kept.jpg' })).toEqual({});
  });
});

describe('isAspectRatio', () => {
  it.each(['1:1', '16:9', '1.85:1'])('takes %s', (text) => expect(isAspectRatio(text)).toBe(true));
  it.each(['', '16', '0:1', '1:0', '-1:2', '1:2:3', ' 1:1'])('refuses %j', (text) =>
    expect(isAspectRatio(text)).toBe(false),
  );
});

describe('colorParameter', () => {
  it('reads every colour of a colour input', () => {
    const part = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(part, part, part, (red, green, blue) => {
        const hex = `#${[red, green, blue].map((value) => value.toString(16).padStart(2, '0')).join('')}`;
        expect(colorParameter(hex)).toBe(`${red},${green},${blue}`);
      }),
    );
  });
  it('refuses names', () => expect(colorParameter('teal')).toBeNull());
});

describe('srcsetPlan', () => {
  it('varies the device pixel ratio when a size is given', () => {
    expect(srcsetPlan({ width: '300', dpr: '2' })).toEqual([
      { descriptor: '1x', parameters: { width: '300' } },
      { descriptor: '2x', parameters: { width: '300', dpr: '2' } },
      { descriptor: '3x', parameters: { width: '300', dpr: '3' } },
    ]);
  });
  it('varies the width otherwise, and drops dpr', () => {
    const plan = srcsetPlan({ format: 'webp', dpr: '2' });
    expect(plan.map(({ descriptor }) => descriptor)).toEqual(['320w', '640w', '960w', '1280w', '1920w']);
    expect(plan[0]?.parameters).toEqual({ width: '320', format: 'webp' });
  });
});

describe('publicImageUrl', () => {
  it('encodes each segment and keeps the slashes', () => {
    expect(publicImageUrl('http://localhost:7401/demo', 'a b/c?d#e.jpg', { width: '300' })).toBe(
      'http://localhost:7401/demo/a%20b/c%3Fd%23e.jpg?width=300',
    );
  });
  it('gives back every path when decoded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (path) => {
        expect(encodePath(path).split('/').map(decodeURIComponent).join('/')).toBe(path);
        expect(encodePath(path)).not.toMatch(/[?# ]/);
      }),
    );
  });
});

describe('what is copied', () => {
  it('escapes a URL in HTML', () => {
    const html = imageHtml(
      [{ url: 'http://x/a?b=1&c="2"', descriptor: '1x' }],
      { width: 3, height: 2 },
      'a "b"',
    );
    expect(html).toContain('src="http://x/a?b=1&amp;c=&quot;2&quot;"');
    expect(html).toContain('width="3" height="2"');
    expect(html).toContain('alt="a &quot;b&quot;"');
    expect(html).not.toContain('sizes=');
  });
  it('names the sizes for widths', () => {
    expect(imageHtml([{ url: 'http://x/a', descriptor: '320w' }], null, '')).toContain('sizes="100vw"');
  });
  it('cannot break out of the shell’s quotes', () => {
    expect(curlLine("http://x/it's")).toBe(`curl -o picture 'http://x/it'\\''s'`);
  });
});
