/** `heic-decode` ships no types; these are of its version 2.1.0. */
declare module 'heic-decode' {
  export interface HeicImage {
    /** As it is shown: `irot` and `imir` are applied. */
    width: number;
    height: number;
    /** Red, green, blue and alpha of a byte each. */
    decode(): Promise<{ width: number; height: number; data: Uint8ClampedArray }>;
  }
  interface Decode {
    /** Reads the boxes; pixels only with `decode`. */
    all(input: { buffer: Uint8Array }): Promise<HeicImage[] & { dispose(): void }>;
  }
  const decode: Decode;
  export default decode;
}
