import { S3Error } from '../s3-error.ts';

/** Both ends inclusive. */
export interface ByteRange {
  start: number;
  end: number;
}

/**
 * RFC 9110 14.1.2. Undefined when the header is no single byte range: S3 then answers with the whole object.
 * Throws InvalidRange.
 *
 * @example parseRange('bytes=-5', 100) // { start: 95, end: 99 }
 */
export function parseRange(header: string | undefined, size: number): ByteRange | undefined {
  const match = /^bytes=\s*(\d{0,19})-(\d{0,19})\s*$/i.exec(header ?? '');
  if (match === null) return undefined;
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return undefined;
  if (first !== '' && last !== '' && Number(first) > Number(last)) return undefined;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (start > end) {
    throw new S3Error('InvalidRange', undefined, {
      RangeRequested: header ?? '',
      ActualObjectSize: String(size),
    });
  }
  return { start, end };
}

/** The bytes of one part of a multipart object; a single PUT is its own part 1. Throws InvalidPartNumber. */
export function partRange(partNumber: number, size: number, partSizes: readonly number[]): ByteRange {
  const sizes = partSizes.length === 0 ? [size] : partSizes;
  const length = sizes[partNumber - 1];
  if (length === undefined) {
    throw new S3Error('InvalidPartNumber', undefined, {
      PartNumberRequested: String(partNumber),
      ActualPartCount: String(sizes.length),
    });
  }
  const start = sizes.slice(0, partNumber - 1).reduce((sum, each) => sum + each, 0);
  return { start, end: start + length - 1 };
}
