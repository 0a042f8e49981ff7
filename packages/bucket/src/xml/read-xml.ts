import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { S3Error } from '../s3-error.ts';

/** One element: its text (character references resolved) and its child elements in order. */
export interface XmlElement {
  name: string;
  text: string;
  children: XmlElement[];
}

const maximumDepth = 12;
const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Reads the body of a request. Document types are refused before the parser sees them, so no entity is ever expanded but
 * the five of XML and character references. Throws MalformedXML.
 */
export function readXml(text: string, rootName: string): XmlElement {
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) throw new S3Error('MalformedXML');
  let nodes: unknown;
  try {
    if (XMLValidator.validate(text) !== true) throw new S3Error('MalformedXML');
    const parser = new XMLParser({
      preserveOrder: true,
      removeNSPrefix: true,
      ignoreAttributes: true,
      ignoreDeclaration: true,
      ignorePiTags: true,
      parseTagValue: false,
      processEntities: false,
      trimValues: false,
      maxNestedTags: maximumDepth,
    });
    nodes = parser.parse(text);
  } catch (cause) {
    throw new S3Error('MalformedXML', undefined, {}, cause);
  }
  const roots = childrenOf(nodes);
  const root = roots.elements[0];
  if (root === undefined || roots.elements.length !== 1 || root.name !== rootName) {
    throw new S3Error('MalformedXML');
  }
  return root;
}

/** The parser's ordered form: `[{ '#text': … }, { Name: [children] }]`. */
function childrenOf(nodes: unknown): { text: string; elements: XmlElement[] } {
  let text = '';
  const elements: XmlElement[] = [];
  for (const node of Array.isArray(nodes) ? (nodes as unknown[]) : []) {
    if (typeof node !== 'object' || node === null) continue;
    for (const [name, content] of Object.entries(node)) {
      if (name === ':@') continue;
      if (name === '#text') {
        text += decodeReferences(String(content));
      } else {
        const inside = childrenOf(content);
        elements.push({ name, text: inside.text, children: inside.elements });
      }
    }
  }
  return { text, elements };
}

function decodeReferences(text: string): string {
  return text.replaceAll(/&([^;&]{0,12});?/g, (whole, name: string) => {
    const known = entities[name];
    if (known !== undefined && whole.endsWith(';')) return known;
    const number = /^#(?:(\d{1,7})|x([0-9a-fA-F]{1,6}))$/.exec(name);
    if (number === null || !whole.endsWith(';')) throw new S3Error('MalformedXML');
    const code = number[1] === undefined ? Number.parseInt(number[2] ?? '', 16) : Number(number[1]);
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) throw new S3Error('MalformedXML');
    return String.fromCodePoint(code);
  });
}

/** The children with this name. */
export function all(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

/** The text of the only child with this name, or undefined; throws MalformedXML when there are several. */
export function textOf(element: XmlElement, name: string): string | undefined {
  const found = all(element, name);
  if (found.length > 1) throw new S3Error('MalformedXML');
  return found[0]?.text;
}

/** As `textOf`, but the child must be there. */
export function requiredText(element: XmlElement, name: string): string {
  const text = textOf(element, name);
  if (text === undefined) throw new S3Error('MalformedXML');
  return text;
}
