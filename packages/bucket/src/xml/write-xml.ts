/** What an element may hold: text, nested elements, repeated elements; `undefined` leaves the element out. */
export type XmlContent = string | number | boolean | Date | XmlElements | readonly XmlContent[] | undefined;
export interface XmlElements {
  [name: string]: XmlContent;
}

const s3Namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

/**
 * Writes a document, of S3's schema unless told otherwise. Repeated elements are arrays; elements keep the order of the object.
 *
 * @example writeXml('LocationConstraint', 'eu-west-1')
 */
export function writeXml(root: string, content: XmlContent, namespace = s3Namespace): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${namespace}">${inner(content)}</${root}>`;
}

/** Errors carry no namespace (AWS: REST error responses). */
export function writeErrorXml(content: XmlElements): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${inner(content)}</Error>`;
}

function inner(content: XmlContent): string {
  if (content === undefined) return '';
  if (content instanceof Date) return content.toISOString();
  if (typeof content !== 'object') return escapeXml(String(content));
  if (Array.isArray(content)) return content.map(inner).join('');
  let text = '';
  for (const [name, value] of Object.entries(content)) {
    if (value === undefined) continue;
    for (const each of Array.isArray(value) ? value : [value]) text += `<${name}>${inner(each)}</${name}>`;
  }
  return text;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/**
 * Control characters become numeric references, as S3 writes them: XML 1.0 has no legal form for most of them, which is
 * why lists offer `encoding-type=url`.
 */
export function escapeXml(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what this looks for
  return text.replaceAll(/[&<>"\u0000-\u001f\u007f\ufffe\uffff]/g, (character) => {
    return entities[character] ?? `&#x${character.charCodeAt(0).toString(16)};`;
  });
}
