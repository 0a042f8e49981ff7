/** A part as a completion names it. */
export interface NamedPart {
  number: number;
  etag: string;
}

const documentPattern =
  /^\s*(?:<\?xml[^>]*>\s*)?<CompleteMultipartUpload[^>]*>(.*)<\/CompleteMultipartUpload>$/s;
// No two neighbours of these match the same characters: anybody may send such a document, and it is read in one pass.
const partPattern =
  /\s*<Part>\s*<PartNumber>\s*(\d{1,5})\s*<\/PartNumber>\s*<ETag>\s*([^<\s]{1,200})\s*<\/ETag>\s*<\/Part>/gy;

const entities: Readonly<Record<string, string>> = {
  quot: '"',
  '#34': '"',
  amp: '&',
  lt: '<',
  gt: '>',
  apos: "'",
};

/**
 * The parts of S3's CompleteMultipartUpload document (S3 API reference) as the client writes it: number and ETag of each,
 * nothing else. Null for any other text.
 *
 * @example readCompletion('<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>a</ETag></Part></CompleteMultipartUpload>')
 *   // [{ number: 1, etag: 'a' }]
 */
export const readCompletion = (xml: string): NamedPart[] | null => {
  const inner = documentPattern.exec(xml.trimEnd())?.[1]?.trimEnd();
  if (inner === undefined) return null;
  const parts: NamedPart[] = [];
  partPattern.lastIndex = 0;
  for (let read = 0; read < inner.length; read = partPattern.lastIndex) {
    const match = partPattern.exec(inner);
    if (match === null) return null;
    const [, number = '', etag = ''] = match;
    parts.push({
      number: Number(number),
      etag: etag.replaceAll(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole),
    });
  }
  return parts.length === 0 ? null : parts;
};

const escaped: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text: string): string => text.replaceAll(/[&<>"]/g, (one) => escaped[one] ?? one);

const element = (name: string, value: string | number): string =>
  `<${name}>${escape(String(value))}</${name}>`;

/**
 * A document as S3 answers with: elements in this order, lists as repeated elements.
 *
 * @example writeXml('Error', { Code: 'NoSuchUpload' }) // <?xml …?><Error><Code>NoSuchUpload</Code></Error>
 */
export const writeXml = (
  root: string,
  fields: Readonly<Record<string, string | number | readonly Readonly<Record<string, string | number>>[]>>,
): string => {
  const body = Object.entries(fields)
    .map(([name, value]) =>
      typeof value === 'object'
        ? value
            .map(
              (item) =>
                `<${name}>${Object.entries(item)
                  .map(([inner, text]) => element(inner, text))
                  .join('')}</${name}>`,
            )
            .join('')
        : element(name, value),
    )
    .join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}>${body}</${root}>`;
};
