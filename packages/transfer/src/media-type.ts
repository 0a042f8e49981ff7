const octets = 'application/octet-stream';
const vague = new Set(['', octets, 'binary/octet-stream', 'application/x-download']);
const token = '[a-z0-9][a-z0-9!#$&^_.+-]{0,126}';
const wellFormed = new RegExp(`^${token}/${token}$`);

/** Bytes of a file's beginning that are enough to tell its type; longer headers are rare. */
export const headBytes = 4100;

/** Lower-case and without parameters; empty where it is not a media type (RFC 6838, section 4.2). */
const plainType = (declared: string | undefined): string => {
  const type = (declared ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return wellFormed.test(type) ? type : '';
};

/** Tells types apart by the first bytes. */
export interface TypeDetector {
  fileTypeFromBuffer(head: Uint8Array): Promise<{ readonly mime: string } | undefined>;
}

/**
 * Fetches what tells types apart, so that it is there when the network is not: a page calls it once it stands. Without a
 * call it is fetched for the first file that needs it.
 */
export const loadTypeDetector = async (): Promise<TypeDetector | null> => {
  try {
    return await import('file-type');
  } catch {
    // A page that lost its network: the browser's own word on the file has to do.
    return null;
  }
};

/**
 * What a file is, by its first bytes where the browser's word is missing, vague or a picture. Browsers go by the ending:
 * they have no word for HEIC on some systems, and call a PDF named `.jpg` a picture.
 *
 * @param head the first `headBytes`, or the whole of a smaller file
 */
export const mediaTypeOf = async (declared: string | undefined, head: Uint8Array): Promise<string> => {
  const type = plainType(declared);
  if (!vague.has(type) && !type.startsWith('image/')) return type;
  const detector = await loadTypeDetector();
  const found = plainType((await detector?.fileTypeFromBuffer(head))?.mime);
  // XML is all that magic bytes tell of an SVG; its own name says more.
  if (found === '' || (found === 'application/xml' && type !== '')) return type === '' ? octets : type;
  return found;
};
