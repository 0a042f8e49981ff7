/** What EXIF says about how a photograph was made. Where it was made, and by whom, is left out on purpose. */
export interface ExifFacts {
  make?: string;
  model?: string;
  lens?: string;
  /** As the camera's clock showed it, `2026-05-01T12:30:00`, with its offset to UTC where that is noted. */
  takenAt?: string;
  exposureSeconds?: number;
  fNumber?: number;
  iso?: number;
  focalLengthMillimetres?: number;
  focalLength35Millimetres?: number;
}

type Value = string | number;
type Tags = ReadonlyMap<number, Value>;

/** Bytes of a value by its type (TIFF 6.0, section 2). */
const typeBytes: Record<number, number> = { 2: 1, 3: 2, 4: 4, 5: 8 };
const maxEntries = 500;

interface Reader {
  length: number;
  short(at: number): number;
  long(at: number): number;
  text(at: number, length: number): string;
}

/** Reads as 0 what lies beyond the end: a picture is not refused for its notes. */
const readerOf = (tiff: Buffer): Reader | undefined => {
  const order = tiff.toString('latin1', 0, 4);
  if (order !== 'II*\0' && order !== 'MM\0*') return undefined;
  const little = order.startsWith('I');
  const within = (at: number, size: number): boolean => at >= 0 && at + size <= tiff.length;
  return {
    length: tiff.length,
    short: (at) => (within(at, 2) ? (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at)) : 0),
    long: (at) => (within(at, 4) ? (little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at)) : 0),
    text: (at, length) =>
      tiff.toString('utf8', Math.min(at, tiff.length), Math.min(at + length, tiff.length)),
  };
};

const valueOf = (reader: Reader, entry: number): Value | undefined => {
  const type = reader.short(entry + 2);
  const count = reader.long(entry + 4);
  const size = (typeBytes[type] ?? 0) * count;
  if (size === 0) return undefined;
  const at = size <= 4 ? entry + 8 : reader.long(entry + 8);
  if (at + size > reader.length) return undefined;
  switch (type) {
    case 2:
      return reader
        .text(at, Math.min(count, 200))
        .replace(/\0[^]*$/, '')
        .trim();
    case 3:
      return reader.short(at);
    case 4:
      return reader.long(at);
    default:
      return reader.long(at) / reader.long(at + 4);
  }
};

/** One directory (IFD). */
const tagsAt = (reader: Reader, at: number): Tags => {
  const count = Math.min(reader.short(at), maxEntries);
  const tags = new Map<number, Value>();
  for (let index = 0; index < count; index += 1) {
    const entry = at + 2 + index * 12;
    const value = valueOf(reader, entry);
    if (value !== undefined) tags.set(reader.short(entry), value);
  }
  return tags;
};

const textIn = (tags: Tags, tag: number): string | undefined => {
  const value = tags.get(tag);
  const text = typeof value === 'string' ? value.replaceAll(/\p{Cc}/gu, '').toWellFormed() : '';
  return text === '' ? undefined : text;
};

const numberIn = (tags: Tags, tag: number): number | undefined => {
  const value = tags.get(tag);
  return typeof value === 'number' && Number.isFinite(value) && value > 0
    ? Number(value.toPrecision(6))
    : undefined;
};

const takenAt = (tags: Tags): string | undefined => {
  const [, year, month, day, time] =
    /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)$/.exec(textIn(tags, 0x9003) ?? '') ?? [];
  const offset = /^[+-]\d\d:\d\d$/.exec(textIn(tags, 0x9011) ?? '')?.[0] ?? '';
  return time === undefined || year === '0000' ? undefined : `${year}-${month}-${day}T${time}${offset}`;
};

/**
 * Reads the useful part of EXIF (CIPA DC-008-2023, tables 4 to 8). Never throws: what cannot be read is left out.
 *
 * @param exif with or without the `Exif` marker before the TIFF header
 */
export const exifFacts = (exif: Uint8Array): ExifFacts => {
  const view = Buffer.from(exif.buffer, exif.byteOffset, exif.byteLength);
  const reader = readerOf(view.toString('latin1', 0, 6) === 'Exif\0\0' ? view.subarray(6) : view);
  if (reader === undefined) return {};
  const main = tagsAt(reader, reader.long(4));
  const exifAt = main.get(0x8769);
  const photo = typeof exifAt === 'number' ? tagsAt(reader, exifAt) : new Map<number, Value>();
  const found: { [Name in keyof ExifFacts]: ExifFacts[Name] | undefined } = {
    make: textIn(main, 0x010f),
    model: textIn(main, 0x0110),
    lens: textIn(photo, 0xa434),
    takenAt: takenAt(photo),
    exposureSeconds: numberIn(photo, 0x829a),
    fNumber: numberIn(photo, 0x829d),
    iso: numberIn(photo, 0x8827),
    focalLengthMillimetres: numberIn(photo, 0x920a),
    focalLength35Millimetres: numberIn(photo, 0xa405),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
};
