/** `o` is an original, `m` the mezzanine that was made of it. */
export type OriginalKind = 'o' | 'm';

/** All that must be known of a file to trust it, in its name: a start lists names and opens nothing. */
export interface OriginalName {
  /** 32 hex digits. */
  place: string;
  /** 16 hex digits. */
  version: string;
  kind: OriginalKind;
  bytes: number;
  /** CRC-32 of the bytes, unsigned. */
  crc: number;
  /** Which process wrote it, 16 hex digits, and the how manieth of its files it is: no two files share a name. */
  run: string;
  serial: number;
}

const pattern =
  /^(?<place>[0-9a-f]{32})-(?<version>[0-9a-f]{16})-(?<kind>[om])-(?<bytes>[1-9]\d{0,14})-(?<crc>[0-9a-f]{8})-(?<run>[0-9a-f]{16})-(?<serial>\d{1,15})$/;

export const formatOriginalName = (name: OriginalName): string =>
  [
    name.place,
    name.version,
    name.kind,
    name.bytes,
    name.crc.toString(16).padStart(8, '0'),
    name.run,
    name.serial,
  ].join('-');

/** Null for any name that is none; an empty file has none. */
export const parseOriginalName = (text: string): OriginalName | null => {
  const found = pattern.exec(text)?.groups;
  if (found === undefined) return null;
  const { place = '', version = '', kind, bytes, crc = '', run = '', serial } = found;
  return {
    place,
    version,
    kind: kind === 'm' ? 'm' : 'o',
    bytes: Number(bytes),
    crc: Number.parseInt(crc, 16),
    run,
    serial: Number(serial),
  };
};
