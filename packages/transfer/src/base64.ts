/** RFC 4648, section 4, with padding: as S3 writes checksums. Meant for a digest, not for a file. */
export const encodeBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

/** @throws Error where the text is not base64 */
export const decodeBase64 = (text: string): Uint8Array =>
  Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
