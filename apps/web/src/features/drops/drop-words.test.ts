import { expect, it } from 'vitest';
import { embedSnippet } from './drop-words.ts';

it('lets no title leave its attribute', () => {
  const html = embedSnippet({
    url: 'https://lab.example/d/prints',
    title: '"><script>alert(1)</script> & more',
  });
  expect(html).toContain('title="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; more"');
  expect(html).not.toContain('<script>');
});
