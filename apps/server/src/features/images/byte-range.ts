/** What a Range header asks of a picture whose size is known. `end` is the last byte itself. */
export type ByteRange =
  | { kind: 'whole' }
  | { kind: 'part'; start: number; end: number }
  | { kind: 'unsatisfiable' };

const whole: ByteRange = { kind: 'whole' };
const unsatisfiable: ByteRange = { kind: 'unsatisfiable' };

/**
 * Reads one range of bytes (RFC 9110 14.1.2). Several ranges, other units and what is malformed count as no range at
 * all: 14.2 lets a server ignore the header, and a multipart answer is of no use for a picture.
 *
 * @example byteRange('bytes=-500', 2000) // { kind: 'part', start: 1500, end: 1999 }
 */
export const byteRange = (header: string | undefined, size: number): ByteRange => {
  if (header === undefined) return whole;
  const found = /^bytes=[ \t]*(\d{0,15})-(\d{0,15})[ \t]*$/i.exec(header.trim());
  const [, first = '', last = ''] = found ?? [];
  if (first === '') {
    if (last === '') return whole;
    const length = Math.min(Number(last), size);
    return length === 0 ? unsatisfiable : { kind: 'part', start: size - length, end: size - 1 };
  }
  const start = Number(first);
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== '' && Number(last) < start) return whole;
  return start >= size ? unsatisfiable : { kind: 'part', start, end };
};

/**
 * RFC 9110 13.1.5: the range counts only while the picture is the one that the caller has a part of. A date is never
 * taken: two encodings of one original have the same, so it is no strong validator here.
 */
export const rangeStands = (ifRange: string | undefined, etag: string): boolean =>
  ifRange === undefined || ifRange.trim() === etag;
