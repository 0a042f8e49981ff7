/**
 * Bytes of a base64 text, in the standard or the URL-safe alphabet, with or without padding (RFC 4648, sections 4 and 5).
 *
 * @throws Error where the text is not base64
 */
export const decodeBase64 = (text: string): Uint8Array => {
  const standard = text.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '');
  return Uint8Array.from(atob(standard), (character) => character.charCodeAt(0));
};

/** RFC 4648, section 5, without padding. */
export const encodeBase64Url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
