const startOfImage = 0xd8;
const endOfImage = 0xd9;
const startOfScan = 0xda;
const comment = 0xfe;

const isApplication = (marker: number): boolean => marker >= 0xe0 && marker <= 0xef;

/** What a decoder needs to show the picture as it is meant: sizes of pixels, the profile, and which colour model. */
const isKept = (marker: number, body: Buffer): boolean => {
  if (marker === comment) return false;
  if (!isApplication(marker)) return true;
  const name = body.toString('latin1', 0, 12);
  // Bytes 12 and 13 are the sides of a thumbnail.
  if (marker === 0xe0) return name.startsWith('JFIF\0') && body[12] === 0 && body[13] === 0;
  if (marker === 0xe2) return name === 'ICC_PROFILE\0';
  return marker === 0xee && name.startsWith('Adobe');
};

/** Start of frame: four components are inks for a printer, which not every client shows. */
const isForPrint = (marker: number, body: Buffer): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker) && body[5] === 4;

/** Where the coded data of a scan ends: at the next marker that is neither a stuffed byte nor a restart. */
const endOfScan = (jpeg: Buffer, start: number): number => {
  for (let at = jpeg.indexOf(0xff, start); at !== -1; at = jpeg.indexOf(0xff, at + 1)) {
    const marker = jpeg[at + 1] ?? 0xff;
    if (marker !== 0x00 && marker !== 0xff && !(marker >= 0xd0 && marker <= 0xd7)) return at;
  }
  return jpeg.length;
};

/**
 * The same JPEG (ITU-T T.81, annex B) without what it says about people and places: EXIF, XMP, IPTC, comments,
 * thumbnails, and all that follows its end. No pixel is touched. Null where it is not laid out as a JPEG is, or is CMYK.
 */
export const stripJpeg = (jpeg: Buffer): Buffer | null => {
  if (jpeg[0] !== 0xff || jpeg[1] !== startOfImage) return null;
  const kept = [jpeg.subarray(0, 2)];
  let at = 2;
  while (at + 4 <= jpeg.length || jpeg[at + 1] === endOfImage) {
    if (jpeg[at] !== 0xff) return null;
    const marker = jpeg[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === endOfImage) return Buffer.concat([...kept, jpeg.subarray(at, at + 2)]);
    const end = at + 2 + jpeg.readUInt16BE(at + 2);
    if (end > jpeg.length) return null;
    const body = jpeg.subarray(at + 4, end);
    if (isForPrint(marker, body)) return null;
    const last = marker === startOfScan ? endOfScan(jpeg, end) : end;
    if (isKept(marker, body)) kept.push(jpeg.subarray(at, last));
    at = last;
  }
  return null;
};
