import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hmac } from '../auth/signing-key.ts';
import { S3Error } from '../s3-error.ts';
import { AwsChunkedDecoder } from './aws-chunked-decoder.ts';

const signing = {
  signingKey: Buffer.alloc(32, 7),
  amzDate: '20260504T120000Z',
  scope: '20260504/us-east-1/s3/aws4_request',
  seedSignature: 'a'.repeat(64),
};
const sha256 = (data: Uint8Array | string): string => createHash('sha256').update(data).digest('hex');
const trailerName = 'x-amz-checksum-crc32';

/** Frames as a client would. */
function encode(
  chunks: readonly Uint8Array[],
  options: { signed: boolean; trailer: string | undefined },
): Buffer {
  let previous = signing.seedSignature;
  const out: (string | Uint8Array)[] = [];
  for (const chunk of [...chunks.filter(({ length }) => length > 0), Buffer.alloc(0)]) {
    const text = `AWS4-HMAC-SHA256-PAYLOAD\n${signing.amzDate}\n${signing.scope}\n${previous}\n${sha256('')}\n${sha256(chunk)}`;
    previous = hmac(signing.signingKey, text).toString('hex');
    out.push(`${chunk.length.toString(16)}${options.signed ? `;chunk-signature=${previous}` : ''}\r\n`);
    if (chunk.length > 0) out.push(chunk, '\r\n');
  }
  if (options.trailer !== undefined) {
    out.push(`${trailerName}:${options.trailer}\r\n`);
    if (options.signed) {
      const text = `AWS4-HMAC-SHA256-TRAILER\n${signing.amzDate}\n${signing.scope}\n${previous}\n${sha256(`${trailerName}:${options.trailer}\n`)}`;
      out.push(`x-amz-trailer-signature:${hmac(signing.signingKey, text).toString('hex')}\r\n`);
    }
  }
  out.push('\r\n');
  return Buffer.concat(out.map((piece) => Buffer.from(piece)));
}

async function decode(
  wire: Buffer,
  options: { signed: boolean; trailer: boolean; length: number; cuts?: readonly number[] },
): Promise<{ data: Buffer; trailers: ReadonlyMap<string, string> }> {
  const decoder = new AwsChunkedDecoder({
    decodedLength: options.length,
    signing: options.signed ? signing : undefined,
    trailerNames: options.trailer ? [trailerName] : [],
  });
  const cuts = [
    0,
    ...(options.cuts ?? []).map((cut) => cut % (wire.length + 1)).toSorted((a, b) => a - b),
    wire.length,
  ];
  const pieces = cuts.slice(1).map((end, index) => wire.subarray(cuts[index], end));
  const found: Buffer[] = [];
  await pipeline(
    Readable.from(pieces.filter(({ length }) => length > 0)),
    decoder,
    async (source: AsyncIterable<Buffer>) => {
      for await (const chunk of source) found.push(chunk);
    },
  );
  return { data: Buffer.concat(found), trailers: decoder.trailers };
}

const shape = fc.record({
  chunks: fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 5 }),
  cuts: fc.array(fc.nat(), { maxLength: 8 }),
  signed: fc.boolean(),
  trailer: fc.option(fc.constant('AAAAAA=='), { nil: undefined }),
});

describe('a body in aws-chunked encoding', () => {
  test('comes out as it went in, however the network cuts it', async () => {
    await fc.assert(
      fc.asyncProperty(shape, async ({ chunks, cuts, signed, trailer }) => {
        const data = Buffer.concat(chunks);
        const wire = encode(chunks, { signed, trailer });
        const result = await decode(wire, {
          signed,
          trailer: trailer !== undefined,
          length: data.length,
          cuts,
        });
        expect(result.data.equals(data)).toBe(true);
        expect(result.trailers.get(trailerName)).toBe(trailer);
      }),
    );
  });

  test('is refused when it is cut short, goes on, or has another length', async () => {
    await fc.assert(
      fc.asyncProperty(shape, fc.nat(), async ({ chunks, signed, trailer }, cut) => {
        const wire = encode(chunks, { signed, trailer });
        const length = Buffer.concat(chunks).length;
        const options = { signed, trailer: trailer !== undefined, length };
        await expect(decode(wire.subarray(0, cut % wire.length), options)).rejects.toThrow(S3Error);
        await expect(decode(Buffer.concat([wire, Buffer.from('x')]), options)).rejects.toThrow(S3Error);
        await expect(decode(wire, { ...options, length: length + 1 })).rejects.toThrow(S3Error);
        await expect(decode(wire, { ...options, length: length - 1 })).rejects.toThrow(S3Error);
      }),
    );
  });

  test('is refused when one bit of a signed one was changed', async () => {
    await fc.assert(
      fc.asyncProperty(
        shape,
        fc.nat(),
        fc.integer({ min: 0, max: 7 }),
        async ({ chunks, trailer }, at, bit) => {
          const wire = encode(chunks, { signed: true, trailer });
          const position = at % wire.length;
          const before = wire[position] ?? 0;
          wire[position] = before ^ (1 << bit);
          const options = {
            signed: true,
            trailer: trailer !== undefined,
            length: Buffer.concat(chunks).length,
          };
          const outcome = await decode(wire, options).then(
            (result) => result,
            (error: unknown) => error,
          );
          // Hexadecimal sizes and header names are the same in either case; nothing else may pass.
          const isLetter = /[a-zA-Z]/.test(String.fromCharCode(before));
          expect(outcome instanceof S3Error || (isLetter && !(outcome instanceof Error))).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('of arbitrary bytes never fails with anything but an S3 error', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({
          unit: fc.constantFrom('0', '1', 'a', ';', '\r\n', '\n', ':', 'chunk-signature=', trailerName),
        }),
        fc.boolean(),
        async (text, signed) => {
          const error = await decode(Buffer.from(text), { signed, trailer: true, length: 3 }).catch(
            (cause: unknown) => cause,
          );
          expect(error instanceof S3Error || !(error instanceof Error)).toBe(true);
        },
      ),
    );
  });

  test('takes the line feed that some clients put behind a signed trailer', async () => {
    const wire = encode([Buffer.from('abc')], { signed: true, trailer: 'AAAAAA==' });
    const variant = Buffer.from(wire.toString('latin1').replace('AAAAAA==\r\n', 'AAAAAA==\n\r\n'), 'latin1');
    expect((await decode(variant, { signed: true, trailer: true, length: 3 })).data.toString()).toBe('abc');
  });
});
