/**
 * The first word of SHA-256 (FIPS 180-4) over a fixed prefix and a short end, at once and many times over. `crypto.subtle`
 * answers each call by a promise, which costs more than the hash, and is missing on plain http.
 */

const fraction = (root: number): number => Math.floor((root - Math.floor(root)) * 2 ** 32) >>> 0;

const firstPrimes = (count: number): number[] => {
  const primes: number[] = [];
  for (let candidate = 2; primes.length < count; candidate += 1) {
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  }
  return primes;
};

/** FIPS 180-4, 4.2.2 and 5.3.3: fractions of cube roots and square roots of the first primes. */
const roundConstants = Uint32Array.from(firstPrimes(64), (prime) => fraction(Math.cbrt(prime)));
const initialState = Uint32Array.from(firstPrimes(8), (prime) => fraction(Math.sqrt(prime)));

const rotate = (word: number, bits: number): number => (word >>> bits) | (word << (32 - bits));

const schedule = new Int32Array(64);

/** FIPS 180-4, 6.2.2, on one block of 64 bytes at `offset`; `state` is changed. */
const compress = (state: Uint32Array, block: DataView, offset: number): void => {
  for (let index = 0; index < 16; index += 1) schedule[index] = block.getInt32(offset + index * 4);
  for (let index = 16; index < 64; index += 1) {
    const early = schedule[index - 15] ?? 0;
    const late = schedule[index - 2] ?? 0;
    const mixedEarly = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
    const mixedLate = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
    schedule[index] = ((schedule[index - 16] ?? 0) + mixedEarly + (schedule[index - 7] ?? 0) + mixedLate) | 0;
  }
  // Read one by one: taking the array apart at once goes through its iterator, which costs as much as ten rounds.
  let a = state[0] ?? 0;
  let b = state[1] ?? 0;
  let c = state[2] ?? 0;
  let d = state[3] ?? 0;
  let e = state[4] ?? 0;
  let f = state[5] ?? 0;
  let g = state[6] ?? 0;
  let h = state[7] ?? 0;
  for (let index = 0; index < 64; index += 1) {
    const sumE = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const choice = (e & f) ^ (~e & g);
    const first = (h + sumE + choice + (roundConstants[index] ?? 0) + (schedule[index] ?? 0)) | 0;
    const sumA = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + sumA + majority) | 0;
  }
  const words = [a, b, c, d, e, f, g, h];
  for (let index = 0; index < 8; index += 1) state[index] = (state[index] ?? 0) + (words[index] ?? 0);
};

/**
 * @returns a function of the end of the text, which gives the first 32 bits of the hash
 * @example createPrefixHash('ab')('c').toString(16) // 'ba7816bf', as of 'abc'
 */
export const createPrefixHash = (prefix: string): ((end: string) => number) => {
  const encoder = new TextEncoder();
  const bytes = encoder.encode(prefix);
  const whole = bytes.length - (bytes.length % 64);
  const middle = initialState.slice();
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  for (let offset = 0; offset < whole; offset += 64) compress(middle, view, offset);
  const rest = bytes.subarray(whole);
  return (end) => {
    const tail = encoder.encode(end);
    const length = rest.length + tail.length;
    // One bit, zeros, and the length in bits as 64 bits (5.1.1).
    const padded = new Uint8Array(Math.ceil((length + 9) / 64) * 64);
    padded.set(rest);
    padded.set(tail, rest.length);
    padded[length] = 0x80;
    const blocks = new DataView(padded.buffer);
    blocks.setUint32(padded.length - 4, (bytes.length + tail.length) * 8);
    const state = middle.slice();
    for (let offset = 0; offset < padded.length; offset += 64) compress(state, blocks, offset);
    return state[0] ?? 0;
  };
};
