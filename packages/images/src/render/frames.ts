/**
 * Frames on the pipe from a child to its parent: eight bytes of lengths (header and body, each 32 bits little-endian),
 * a header in JSON, then the body as it is. Node's own channel would serialise pictures: 10 to 65 ms each.
 */

const prefixBytes = 8;
/** No picture that is allowed comes near; a length beyond is not from our code. */
const mostBytes = 1024 ** 3;

export interface Frame {
  /** As the other end wrote it. */
  header: unknown;
  body: Uint8Array;
}

/** The parts of one frame, in order, for a gathering write: the body is not copied. */
export const frameParts = (header: unknown, body: Uint8Array): [prefix: Uint8Array, body: Uint8Array] => {
  const text = Buffer.from(JSON.stringify(header));
  const start = Buffer.allocUnsafe(prefixBytes + text.byteLength);
  start.writeUInt32LE(text.byteLength, 0);
  start.writeUInt32LE(body.byteLength, 4);
  text.copy(start, prefixBytes);
  return [start, body];
};

/**
 * Puts frames together from chunks that end anywhere, and hands over each that is whole. What comes with a frame is
 * kept in one buffer of its exact size, each byte copied once. What is no frame throws.
 *
 * @example
 * const read = createFrameReader(({ header, body }) => …);
 * socket.on('data', read);
 */
export const createFrameReader = (onFrame: (frame: Frame) => void): ((chunk: Uint8Array) => void) => {
  const prefix = Buffer.alloc(prefixBytes);
  let prefixFilled = 0;
  let content: Buffer | undefined;
  let contentFilled = 0;

  const finish = (whole: Buffer): void => {
    const headerBytes = prefix.readUInt32LE(0);
    content = undefined;
    prefixFilled = 0;
    contentFilled = 0;
    onFrame({
      header: JSON.parse(whole.toString('utf8', 0, headerBytes)),
      body: whole.subarray(headerBytes),
    });
  };

  return (chunk) => {
    let at = 0;
    while (at < chunk.byteLength) {
      if (content === undefined) {
        const taken = Math.min(prefixBytes - prefixFilled, chunk.byteLength - at);
        prefix.set(chunk.subarray(at, at + taken), prefixFilled);
        prefixFilled += taken;
        at += taken;
        if (prefixFilled < prefixBytes) return;
        const bytes = prefix.readUInt32LE(0) + prefix.readUInt32LE(4);
        if (bytes > mostBytes) throw new RangeError(`A frame of ${bytes} bytes`);
        // Never pooled: a cached picture must not hold a slab of others in memory.
        content = Buffer.allocUnsafeSlow(bytes);
        contentFilled = 0;
      }
      const taken = Math.min(content.byteLength - contentFilled, chunk.byteLength - at);
      content.set(chunk.subarray(at, at + taken), contentFilled);
      contentFilled += taken;
      at += taken;
      if (contentFilled === content.byteLength) finish(content);
    }
  };
};
