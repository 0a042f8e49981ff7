/**
 * CRC-64/NVME, S3's default checksum: polynomial AD93D23594C93659 (reflected 9A6C9329AC4BC9B5), register and result
 * inverted. Source: NVM Express NVM Command Set 1.0, 5.2.1.3.4; check value of "123456789" is AE8B14860A799888.
 * JavaScript has no fast 64-bit integers, so the register is two 32-bit halves, and eight bytes are taken a step.
 */
const polynomial = 0x9a6c9329ac4bc9b5n;
const slices = 8;

const tables = /* @__PURE__ */ ((): { high: Uint32Array; low: Uint32Array } => {
  const high = new Uint32Array(slices * 256);
  const low = new Uint32Array(slices * 256);
  const values: bigint[] = [];
  for (let byte = 0; byte < 256; byte += 1) {
    let value = BigInt(byte);
    for (let bit = 0; bit < 8; bit += 1)
      value = (value & 1n) === 0n ? value >> 1n : (value >> 1n) ^ polynomial;
    values.push(value);
  }
  const first = [...values];
  for (let slice = 0; slice < slices; slice += 1) {
    for (let byte = 0; byte < 256; byte += 1) {
      const value = values[byte] ?? 0n;
      high[slice * 256 + byte] = Number(value >> 32n);
      low[slice * 256 + byte] = Number(value & 0xffffffffn);
      values[byte] = (value >> 8n) ^ (first[Number(value & 0xffn)] ?? 0n);
    }
  }
  return { high, low };
})();

// Indexes are built from bytes and so always lie in the table; `?? 0` would cost a branch for each.
const at256 = (table: Uint32Array, index: number): number => table[index] as number;

export interface Crc64 {
  update(bytes: Uint8Array): void;
  /** Eight bytes, big-endian, as S3 encodes it before base64. */
  digest(): Uint8Array<ArrayBuffer>;
}

/** @example `const crc = createCrc64Nvme(); crc.update(bytes); encodeBase64(crc.digest())` */
export const createCrc64Nvme = (): Crc64 => {
  const { high, low } = tables;
  let highHalf = 0xffffffff;
  let lowHalf = 0xffffffff;

  const update = (bytes: Uint8Array): void => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let h = highHalf;
    let l = lowHalf;
    let at = 0;
    for (const end = bytes.length - 7; at < end; at += 8) {
      const a = l ^ view.getUint32(at, true);
      const b = h ^ view.getUint32(at + 4, true);
      const i7 = 1792 + (a & 255);
      const i6 = 1536 + ((a >>> 8) & 255);
      const i5 = 1280 + ((a >>> 16) & 255);
      const i4 = 1024 + (a >>> 24);
      const i3 = 768 + (b & 255);
      const i2 = 512 + ((b >>> 8) & 255);
      const i1 = 256 + ((b >>> 16) & 255);
      const i0 = b >>> 24;
      h = at256(high, i7) ^ at256(high, i6) ^ at256(high, i5) ^ at256(high, i4);
      h ^= at256(high, i3) ^ at256(high, i2) ^ at256(high, i1) ^ at256(high, i0);
      l = at256(low, i7) ^ at256(low, i6) ^ at256(low, i5) ^ at256(low, i4);
      l ^= at256(low, i3) ^ at256(low, i2) ^ at256(low, i1) ^ at256(low, i0);
    }
    for (; at < bytes.length; at += 1) {
      const index = (l ^ view.getUint8(at)) & 255;
      l = ((l >>> 8) | (h << 24)) ^ at256(low, index);
      h = (h >>> 8) ^ at256(high, index);
    }
    highHalf = h;
    lowHalf = l;
  };

  const digest = (): Uint8Array<ArrayBuffer> => {
    const view = new DataView(new ArrayBuffer(8));
    view.setUint32(0, ~highHalf >>> 0);
    view.setUint32(4, ~lowHalf >>> 0);
    return new Uint8Array(view.buffer);
  };

  return { update, digest };
};
