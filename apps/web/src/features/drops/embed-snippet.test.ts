import { expect, it } from 'vitest';
import { embedSnippet } from './embed-snippet.ts';

it('lets no title leave its attribute, and listens to the page alone', () => {
  const title = '"><script>alert(1)</script> & more';
  const html = embedSnippet({ name: 'prints', url: 'https://lab.example/d/prints', title });
  expect(html).toContain('title="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; more"');
  expect(html.split('<script>')).toHaveLength(2);
  expect(html).toContain("origin === 'https://lab.example'");
});
