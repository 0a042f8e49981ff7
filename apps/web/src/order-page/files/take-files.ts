import type { OrderPage } from '@windlass/contract';
import type { UploadSource } from '@windlass/transfer';
import { words } from '../words.ts';
import { baseName, fingerprintOf, totalsOf, type OrderFile, type OrderFiles } from './order-file.ts';

export interface RefusedFile {
  readonly name: string;
  readonly reason: string;
}

export interface Taken {
  /** Not there before. */
  readonly fresh: readonly UploadSource[];
  /** Were asked for again after a reload, by the id they have. */
  readonly returned: readonly { id: string; chosen: UploadSource }[];
  /** There already; they can be added a second time if that is meant. */
  readonly duplicates: readonly UploadSource[];
  readonly refused: readonly RefusedFile[];
}

/** Files that systems leave in folders; nobody means to print them. */
const isLitter = (name: string): boolean => {
  const last = baseName(name);
  return last.startsWith('.') || last === 'Thumbs.db' || last === 'desktop.ini';
};

/** Whether a type is in a list such as `image/*`. An empty type is found out by the first bytes, later. */
const takesType = (types: readonly string[] | null, type: string): boolean =>
  types === null ||
  type === '' ||
  types.some((range) => range === type || (range.endsWith('/*') && type.startsWith(range.slice(0, -1))));

type Limits = Pick<OrderPage, 'maxFiles' | 'maxFileBytes' | 'maxOrderBytes' | 'types'>;

/** Phones give a photo another path and time when it is chosen again; name and size are what stays. */
const looseKey = (name: string, size: number): string => `${baseName(name).normalize('NFC')}\n${size}`;

/**
 * Sorts what was chosen: new, asked for again, there already, or refused with the reason.
 *
 * @param again duplicates are meant
 */
export const takeFiles = (
  chosen: readonly UploadSource[],
  files: OrderFiles,
  limits: Limits,
  again = false,
): Taken => {
  const needed = new Map<string, OrderFile[]>();
  for (const file of files.values()) {
    if (file.state !== 'needed') continue;
    const key = looseKey(file.name, file.size);
    needed.set(key, [...(needed.get(key) ?? []), file]);
  }
  const here = [...files.values()];
  const known = new Set(here.map(fingerprintOf));
  // Who chooses again takes the whole lot: what has arrived of it must not come twice, although its time is another now.
  const arrived = new Set(needed.size === 0 ? [] : here.map(({ name, size }) => looseKey(name, size)));
  const totals = totalsOf(files);
  let { count, bytes } = totals;
  const taken = {
    fresh: [] as UploadSource[],
    returned: [] as { id: string; chosen: UploadSource }[],
    duplicates: [] as UploadSource[],
    refused: [] as RefusedFile[],
  };
  for (const one of chosen) {
    const { name, size } = one;
    if (isLitter(name)) continue;
    const asked = needed.get(looseKey(name, size))?.shift();
    if (asked !== undefined) {
      taken.returned.push({ id: asked.id, chosen: one });
      continue;
    }
    const fingerprint = fingerprintOf(one);
    if (!again && (known.has(fingerprint) || arrived.has(looseKey(name, size)))) {
      taken.duplicates.push(one);
      continue;
    }
    const reason = refusalOf(one, count, bytes, limits);
    if (reason !== null) {
      taken.refused.push({ name, reason });
      continue;
    }
    known.add(fingerprint);
    taken.fresh.push(one);
    count += 1;
    bytes += size;
  }
  return taken;
};

const refusalOf = (file: UploadSource, count: number, bytes: number, limits: Limits): string | null => {
  if (!takesType(limits.types, file.type ?? '')) return words.refused.type(limits.types ?? []);
  if (file.size === 0) return words.refused.empty;
  if (file.size > limits.maxFileBytes) return words.refused.tooLarge(file.size, limits.maxFileBytes);
  if (count >= limits.maxFiles) return words.refused.tooMany(limits.maxFiles);
  if (bytes + file.size > limits.maxOrderBytes) return words.refused.tooMuch(limits.maxOrderBytes);
  return null;
};
