import { expect, it } from 'vitest';
import { pictureHtml } from './picture-html.ts';

const bare = { sources: [], sizes: '100vw', size: null, alt: '' };

it('escapes URLs and texts', () => {
  const html = pictureHtml({
    ...bare,
    candidates: [
      { url: 'http://x/a?b=1&c="2"', descriptor: '1x' },
      { url: 'http://x/a?b=2', descriptor: '2x' },
    ],
    size: { width: 3, height: 2 },
    alt: 'a "b"',
  });
  expect(html).toContain('src="http://x/a?b=1&amp;c=&quot;2&quot;"');
  expect(html).toContain('width="3" height="2"');
  expect(html).toContain('alt="a &quot;b&quot;"');
  expect(html).not.toContain('sizes=');
});

it('names the sizes of widths, on the image and on every source', () => {
  const candidates = [{ url: 'http://x/a', descriptor: '320w' }];
  const html = pictureHtml({
    ...bare,
    candidates,
    sizes: '50vw',
    sources: [{ type: 'image/avif', candidates }],
  });
  expect(html.match(/sizes="50vw"/g)).toHaveLength(2);
  expect(html).toMatch(/^<picture>\n {2}<source\n {4}type="image\/avif"/);
  expect(html).toMatch(/<\/picture>$/);
});

it('writes nothing without a candidate', () => {
  expect(pictureHtml({ ...bare, candidates: [] })).toBe('');
});
