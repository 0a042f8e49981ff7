import { BadValue } from '../bad-value.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const hexDigit = (code: number): number => {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
};

/**
 * Decodes percent-escapes once (RFC 3986 2.1). `raw` holds one character a byte, as it came off the wire.
 *
 * @throws BadValue for a broken escape or a character that is no byte; `where` names the culprit.
 */
export const percentDecode = (raw: string, where: string, plusIsSpace: boolean): Uint8Array => {
  const bytes = new Uint8Array(raw.length);
  let length = 0;
  for (let at = 0; at < raw.length; at += 1) {
    const code = raw.charCodeAt(at);
    if (code > 0xff) throw new BadValue(where, 'holds a character that must be percent-encoded');
    if (code === 0x25) {
      const high = hexDigit(raw.charCodeAt(at + 1));
      const low = hexDigit(raw.charCodeAt(at + 2));
      if (high < 0 || low < 0) throw new BadValue(where, 'holds a broken percent-escape');
      bytes[length] = high * 16 + low;
      at += 2;
    } else {
      bytes[length] = plusIsSpace && code === 0x2b ? 0x20 : code;
    }
    length += 1;
  }
  return bytes.subarray(0, length);
};

/** @throws BadValue for bytes that are no UTF-8, and for NUL. */
export const decodeText = (bytes: Uint8Array, where: string): string => {
  if (bytes.includes(0)) throw new BadValue(where, 'holds a NUL');
  try {
    return utf8.decode(bytes);
  } catch {
    // TextDecoder says no more than that it is not UTF-8, and so do we.
    throw new BadValue(where, 'is not UTF-8');
  }
};
