import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const extension = 0x21;
const image = 0x2c;

/** Size in bytes of the colour table that a packed field announces (GIF89a, sections 18 and 20). */
const colorTable = (packed: number): number => ((packed & 0x80) === 0 ? 0 : 3 * 2 ** ((packed & 0x07) + 1));

/** Position after a chain of sub-blocks (GIF89a, section 15), which a block of no bytes ends; NaN where the file ends before. */
const afterSubBlocks = (start: number, byteAt: (at: number) => number): number => {
  let at = start;
  // A comparison with the NaN of a byte that is not there is false.
  for (let size = byteAt(at); size > 0; size = byteAt(at)) at += 1 + size;
  return Number.isNaN(byteAt(at)) ? Number.NaN : at + 1;
};

/**
 * Whether a GIF ends inside one of its blocks. Decoders show the frames before it as if there were no more. A file that
 * only lacks its trailer, or has something else behind a block, is whole to every browser.
 *
 * @param byteAt the byte at a position, NaN behind the end of the file
 */
export const endsInsideBlock = (byteAt: (at: number) => number): boolean => {
  let at = 13 + colorTable(byteAt(10));
  for (;;) {
    const introducer = byteAt(at);
    if (introducer === extension) at = afterSubBlocks(at + 2, byteAt);
    else if (introducer === image) at = afterSubBlocks(at + 11 + colorTable(byteAt(at + 9)), byteAt);
    else return false;
    if (Number.isNaN(at)) return true;
  }
};

const windowBytes = 64 * 1024;

/** The same of a file, of which 64 KiB are in memory at a time. Synchronous: a renderer has nothing else to do. */
export const isGifCutOff = (path: string): boolean => {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const window = Buffer.alloc(windowBytes);
    let from = -windowBytes;
    return endsInsideBlock((at) => {
      if (!(at < size)) return Number.NaN;
      if (at < from || at >= from + windowBytes) {
        from = at;
        readSync(file, window, 0, windowBytes, at);
      }
      return window[at - from] ?? Number.NaN;
    });
  } finally {
    closeSync(file);
  }
};
