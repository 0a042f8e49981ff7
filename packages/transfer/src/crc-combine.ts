import { decodeBase64, encodeBase64 } from './base64.ts';

/**
 * The CRC of two byte strings in a row, from the CRC of each and the length of the second: crc(A) times x^(8·|B|) modulo
 * the polynomial, plus crc(B). It holds for CRCs whose register and result are both inverted, as all of S3's are.
 * Numbers are reflected: the highest bit is x^0.
 */
const crcKinds = {
  CRC32: { width: 32n, polynomial: 0xedb88320n },
  CRC32C: { width: 32n, polynomial: 0x82f63b78n },
  CRC64NVME: { width: 64n, polynomial: 0x9a6c9329ac4bc9b5n },
} as const;
export type CrcAlgorithm = keyof typeof crcKinds;

export const isCrc = (algorithm: string): algorithm is CrcAlgorithm => Object.hasOwn(crcKinds, algorithm);

const multiply = (
  a: bigint,
  b: bigint,
  { width, polynomial }: { width: bigint; polynomial: bigint },
): bigint => {
  let product = 0n;
  let shifted = b;
  for (let bit = 1n << (width - 1n); bit > 0n; bit >>= 1n) {
    if ((a & bit) !== 0n) product ^= shifted;
    shifted = (shifted & 1n) === 0n ? shifted >> 1n : (shifted >> 1n) ^ polynomial;
  }
  return product;
};

/** x^(8 · bytes) */
const shiftOf = (bytes: number, kind: { width: bigint; polynomial: bigint }): bigint => {
  let result = 1n << (kind.width - 1n);
  let square = result >> 8n;
  for (let left = BigInt(bytes); left > 0n; left >>= 1n) {
    if ((left & 1n) === 1n) result = multiply(result, square, kind);
    square = multiply(square, square, kind);
  }
  return result;
};

const bigintOf = (bytes: Uint8Array): bigint =>
  bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);

/** Big-endian. */
const bytesOf = (value: bigint, length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, at) => Number((value >> BigInt(8 * (length - 1 - at))) & 0xffn));

/** The base64 checksum of a whole object from those of its parts. Parts are mostly of one length, so shifts are kept. */
export const combineCrcs = (
  algorithm: CrcAlgorithm,
  parts: readonly { checksum: string; size: number }[],
): string => {
  const kind = crcKinds[algorithm];
  const shifts = new Map<number, bigint>();
  let total = 0n;
  for (const { checksum, size } of parts) {
    const shift = shifts.get(size) ?? shiftOf(size, kind);
    shifts.set(size, shift);
    total = multiply(total, shift, kind) ^ bigintOf(decodeBase64(checksum));
  }
  return encodeBase64(bytesOf(total, Number(kind.width) / 8));
};
