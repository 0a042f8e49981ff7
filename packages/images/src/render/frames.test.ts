import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFrameReader, frameParts, type Frame } from './frames.ts';

const frame = fc.record({ header: fc.jsonValue(), body: fc.uint8Array({ maxLength: 400 }) });

describe('createFrameReader', () => {
  it('gives back every frame, in order, wherever the chunks end', () => {
    fc.assert(
      fc.property(
        fc.array(frame, { maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1 }),
        (sent, sizes) => {
          const stream = Buffer.concat(sent.flatMap(({ header, body }) => frameParts(header, body)));
          const received: Frame[] = [];
          const read = createFrameReader((found) => received.push(found));
          for (let at = 0, turn = 0; at < stream.byteLength; turn += 1) {
            const size = sizes[turn % sizes.length] ?? 1;
            read(stream.subarray(at, at + size));
            at += size;
          }
          expect(received.map(({ header, body }) => ({ header, body: [...body] }))).toEqual(
            // JSON knows no negative zero.
            sent.map(({ header, body }) => ({ header: JSON.parse(JSON.stringify(header)), body: [...body] })),
          );
        },
      ),
    );
  });

  it('holds back a frame whose last byte is missing', () => {
    const [start, body] = frameParts({ ok: true }, Uint8Array.of(1, 2, 3));
    const received: Frame[] = [];
    const read = createFrameReader((found) => received.push(found));
    read(start);
    read(body.subarray(0, 2));
    expect(received).toEqual([]);
    read(body.subarray(2));
    expect(received.map((found) => [...found.body])).toEqual([[1, 2, 3]]);
  });
});
