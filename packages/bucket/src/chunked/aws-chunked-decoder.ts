import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { Transform } from 'node:stream';
import type { TransformCallback } from 'node:stream';
import { hmac } from '../auth/signing-key.ts';
import { sameSignature } from '../auth/same-signature.ts';
import type { ChunkSigning } from '../auth/verify-request.ts';
import { S3Error } from '../s3-error.ts';
import { createTrailerReader } from './trailer-reader.ts';
import type { TrailerReader } from './trailer-reader.ts';

export interface AwsChunkedOptions {
  /** x-amz-decoded-content-length: how many bytes must come out. */
  decodedLength: number;
  /** Given when chunks are signed. */
  signing: ChunkSigning | undefined;
  /** Names that x-amz-trailer announced, in lower case; empty when there is no trailer. */
  trailerNames: readonly string[];
}

/** `ffffffffff;chunk-signature=` and 64 digits fit twice. */
const maximumChunkLineBytes = 256;
const emptySha256 = createHash('sha256').digest('hex');

type State = 'chunk-line' | 'data' | 'data-end' | 'trailer' | 'done';

/**
 * Takes the framing off a body sent as `aws-chunked`: `size[;chunk-signature=…] CRLF data CRLF … 0 … CRLF trailers CRLF`.
 * Source: AWS, "Signature calculations: transferring a payload in multiple chunks" and "… trailing headers".
 *
 * Bytes go on before their chunk's signature is known to be right: whoever stores them must wait for the end. Every
 * violation destroys the stream with an S3Error.
 */
export class AwsChunkedDecoder extends Transform {
  readonly #options: AwsChunkedOptions;
  readonly #trailer: TrailerReader;
  #state: State = 'chunk-line';
  #line: Buffer = Buffer.alloc(0);
  #chunkBytesLeft = 0;
  #chunkEndSeen = 0;
  #decoded = 0;
  #chunkHash: Hash | undefined;
  #chunkSignature = '';
  #lastSignature: string;

  constructor(options: AwsChunkedOptions) {
    super();
    this.#options = options;
    this.#lastSignature = options.signing?.seedSignature ?? '';
    this.#trailer = createTrailerReader(options.trailerNames, options.signing);
  }

  /** What the trailer said, by lower-case name; complete once the stream has ended. */
  get trailers(): ReadonlyMap<string, string> {
    return this.#trailer.values;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    try {
      let rest = chunk;
      while (rest.length > 0) rest = this.#step(rest);
      done();
    } catch (error) {
      done(error instanceof Error ? error : new Error('The body could not be decoded.', { cause: error }));
    }
  }

  override _flush(done: TransformCallback): void {
    done(this.#state === 'done' ? null : new S3Error('IncompleteBody'));
  }

  /** Consumes the beginning of the bytes and gives back what is left. */
  #step(bytes: Buffer): Buffer {
    switch (this.#state) {
      case 'chunk-line':
        return this.#readChunkLine(bytes);
      case 'data':
        return this.#readData(bytes);
      case 'data-end':
        return this.#readDataEnd(bytes);
      case 'trailer': {
        const rest = this.#trailer.read(bytes, this.#lastSignature);
        if (rest !== undefined) this.#state = 'done';
        return rest ?? Buffer.alloc(0);
      }
      case 'done':
        throw new S3Error('InvalidRequest', 'There are bytes after the end of the aws-chunked body.');
      default:
        throw new Error(`Unknown state ${String(this.#state satisfies never)}.`);
    }
  }

  #readChunkLine(bytes: Buffer): Buffer {
    const end = bytes.indexOf(0x0a);
    const piece = end === -1 ? bytes : bytes.subarray(0, end + 1);
    if (this.#line.length + piece.length > maximumChunkLineBytes) throw malformedChunk();
    this.#line = this.#line.length === 0 ? piece : Buffer.concat([this.#line, piece]);
    if (end === -1) return Buffer.alloc(0);
    const pattern = this.#options.signing === undefined ? unsignedChunkLine : signedChunkLine;
    const match = pattern.exec(this.#line.toString('latin1'));
    if (match === null) throw malformedChunk();
    this.#line = Buffer.alloc(0);
    this.#chunkBytesLeft = Number.parseInt(match[1] ?? '', 16);
    this.#chunkSignature = match[2] ?? '';
    if (this.#decoded + this.#chunkBytesLeft > this.#options.decodedLength)
      throw new S3Error('IncompleteBody');
    if (this.#chunkBytesLeft === 0) {
      if (this.#decoded !== this.#options.decodedLength) throw new S3Error('IncompleteBody');
      this.#checkChunk(emptySha256);
      this.#state = 'trailer';
    } else {
      if (this.#options.signing !== undefined) this.#chunkHash = createHash('sha256');
      this.#state = 'data';
    }
    return bytes.subarray(end + 1);
  }

  #readData(bytes: Buffer): Buffer {
    const data = bytes.length > this.#chunkBytesLeft ? bytes.subarray(0, this.#chunkBytesLeft) : bytes;
    this.#chunkHash?.update(data);
    this.#decoded += data.length;
    this.#chunkBytesLeft -= data.length;
    this.push(data);
    if (this.#chunkBytesLeft === 0) this.#state = 'data-end';
    return bytes.subarray(data.length);
  }

  #readDataEnd(bytes: Buffer): Buffer {
    const expected = this.#chunkEndSeen === 0 ? 0x0d : 0x0a;
    if (bytes[0] !== expected) throw malformedChunk();
    this.#chunkEndSeen++;
    if (this.#chunkEndSeen === 2) {
      this.#chunkEndSeen = 0;
      if (this.#chunkHash !== undefined) this.#checkChunk(this.#chunkHash.digest('hex'));
      this.#state = 'chunk-line';
    }
    return bytes.subarray(1);
  }

  #checkChunk(contentHash: string): void {
    const { signing } = this.#options;
    if (signing === undefined) return;
    const text = `AWS4-HMAC-SHA256-PAYLOAD\n${signing.amzDate}\n${signing.scope}\n${this.#lastSignature}\n${emptySha256}\n${contentHash}`;
    const expected = hmac(signing.signingKey, text).toString('hex');
    if (!sameSignature(expected, this.#chunkSignature)) throw new S3Error('SignatureDoesNotMatch');
    this.#lastSignature = expected;
  }
}

/** Ten hexadecimal digits reach past the largest object. */
const unsignedChunkLine = /^([0-9a-fA-F]{1,10})\r\n$/;
const signedChunkLine = /^([0-9a-fA-F]{1,10});chunk-signature=([0-9a-f]{64})\r\n$/;

const malformedChunk = (): S3Error =>
  new S3Error('InvalidRequest', 'The aws-chunked body is not well formed.');
