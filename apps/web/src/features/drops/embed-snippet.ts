import type { Drop } from '@windlass/contract';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '"': '&quot;', '<': '&lt;', '>': '&gt;' };

const escapeAttribute = (text: string): string =>
  text.replaceAll(/[&"<>]/g, (character) => escapes[character] ?? character);

/**
 * What to paste into a page of one's own: the frame, and a line that makes it as high as its content, which the order page
 * tells by a message (`windlass:height`).
 */
export const embedSnippet = ({ name, url, title }: Pick<Drop, 'name' | 'url' | 'title'>): string => {
  // A name is lower-case letters, digits and dashes, and an origin has no quotes: neither can leave its text.
  const id = `windlass-${name}`;
  const { origin } = new URL(url);
  return `<iframe id="${id}" src="${escapeAttribute(url)}" title="${escapeAttribute(title)}" style="width:100%;height:900px;border:0" allow="camera; clipboard-write"></iframe>
<script>
  addEventListener('message', ({ origin, data }) => {
    if (origin === '${origin}' && data?.type === 'windlass:height')
      document.getElementById('${id}').style.height = data.height + 'px';
  });
</script>`;
};
