import { RenderError } from '../render/render-error.ts';

export type XmlPart =
  | { kind: 'open'; name: string; attributes: ReadonlyMap<string, string>; empty: boolean }
  | { kind: 'close' }
  | { kind: 'text'; text: string };

const refuse = (what: string): never => {
  throw new RenderError('not-an-image', `This SVG ${what}`);
};

const namedEntities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const decodeReference = (reference: string, body: string): string => {
  const named = Object.hasOwn(namedEntities, body) ? namedEntities[body] : undefined;
  if (named !== undefined) return named;
  const digits = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(body);
  const code = digits?.[1] === undefined ? Number(digits?.[2] ?? Number.NaN) : parseInt(digits[1], 16);
  return code <= 0x10_ffff ? String.fromCodePoint(code) : refuse(`uses the entity ${reference.slice(0, 20)}`);
};

/** Character references and the five entities of XML itself; others would need a DTD. */
const decode = (text: string): string =>
  text.includes('&')
    ? text.replaceAll(/&([^;&]{0,30});?/g, (reference: string, body: string) =>
        decodeReference(reference, body),
      )
    : text;

const nameAt = /<([^\s/>=<!?"']+)/y;
const attributeAt = /\s+([^\s=/>"'<]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
const tagEndAt = /\s*(\/?)>/y;
const closeAt = /<\/[^\s/>=<!?"']+\s*>/y;
const declarationAt = /<\?xml\s[^?>]*\?>/y;

const matchAt = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(text);
};

const endOf = (text: string, mark: string, at: number): number => {
  const found = text.indexOf(mark, at);
  return found === -1 ? refuse('is cut off') : found + mark.length;
};

const skipDeclaration = (text: string): number => {
  const declaration = matchAt(declarationAt, text, 0)?.[0];
  if (declaration === undefined) return 0;
  const encoding = /\sencoding\s*=\s*["']([^"']*)["']/.exec(declaration)?.[1] ?? 'utf-8';
  return /^(?:utf-?8|us-ascii)$/i.test(encoding) ? declaration.length : refuse('is not in UTF-8');
};

const openTag = (text: string, at: number): { part: XmlPart & { kind: 'open' }; end: number } => {
  const [start = '', name = ''] = matchAt(nameAt, text, at) ?? refuse('is not well-formed XML');
  const attributes = new Map<string, string>();
  let end = at + start.length;
  for (let found = matchAt(attributeAt, text, end); found !== null; found = matchAt(attributeAt, text, end)) {
    const [whole, key = '', double, single] = found;
    if (attributes.has(key)) refuse('is not well-formed XML');
    attributes.set(key, decode(double ?? single ?? ''));
    end += whole.length;
  }
  const [finish = '', slash] = matchAt(tagEndAt, text, end) ?? refuse('is not well-formed XML');
  return { part: { kind: 'open', name, attributes, empty: slash === '/' }, end: end + finish.length };
};

/**
 * Reads the plain part of XML 1.0: elements, attributes, text. What it does not know is refused, a DTD and processing
 * instructions before all, so that a full parser behind it sees nothing that this one has not.
 *
 * @throws RenderError not-an-image
 */
export function* scanXml(document: string): Generator<XmlPart> {
  const text = document.startsWith('\uFEFF') ? document.slice(1) : document;
  let at = skipDeclaration(text);
  while (at < text.length) {
    const next = text.indexOf('<', at);
    const end = next === -1 ? text.length : next;
    if (end > at) yield { kind: 'text', text: decode(text.slice(at, end)) };
    at = end;
    if (next === -1) return;
    if (text.startsWith('<!--', at)) at = endOf(text, '-->', at + 4);
    else if (text.startsWith('<![CDATA[', at)) {
      const start = at + 9;
      at = endOf(text, ']]>', start);
      yield { kind: 'text', text: text.slice(start, at - 3) };
    } else if (text.startsWith('<!', at)) refuse('has a document type or entities, which are not read');
    else if (text.startsWith('<?', at)) refuse('has a processing instruction, which is not read');
    else if (text.startsWith('</', at)) {
      at += (matchAt(closeAt, text, at) ?? refuse('is not well-formed XML'))[0].length;
      yield { kind: 'close' };
    } else {
      const { part, end: tagEnd } = openTag(text, at);
      at = tagEnd;
      yield part;
    }
  }
}
