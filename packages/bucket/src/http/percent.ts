import { S3Error } from '../s3-error.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Decodes `%XX` once and insists on valid UTF-8. Nothing is normalised: `..`, `//` and `+` are ordinary characters of a key.
 * Throws InvalidURI.
 */
export function decodePercent(text: string): string {
  if (!text.includes('%') && /^[\x20-\x7e]*$/.test(text)) return text;
  const bytes = new Uint8Array(text.length);
  let length = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x25) {
      const hex = text.slice(index + 1, index + 3);
      if (!/^[0-9a-fA-F]{2}$/.test(hex)) throw new S3Error('InvalidURI');
      bytes[length++] = Number.parseInt(hex, 16);
      index += 2;
    } else if (code > 0x20 && code < 0x7f) {
      bytes[length++] = code;
    } else {
      throw new S3Error('InvalidURI');
    }
  }
  try {
    return utf8.decode(bytes.subarray(0, length));
  } catch (cause) {
    throw new S3Error('InvalidURI', undefined, {}, cause);
  }
}

const escaped = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** UriEncode of SigV4: every byte but A-Z a-z 0-9 - . _ ~ (AWS: Create a signed request, step 1). */
export function encodePercent(text: string): string {
  return escaped(text);
}

/** As `encodePercent`, but a slash stays: the path of a key. */
export function encodePath(path: string): string {
  return escaped(path).replaceAll('%2F', '/');
}
