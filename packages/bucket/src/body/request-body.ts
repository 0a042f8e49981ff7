import type { IncomingMessage, ServerResponse } from 'node:http';
import { PassThrough } from 'node:stream';
import type { Readable } from 'node:stream';
import type { VerifiedRequest } from '../auth/verify-request.ts';
import { AwsChunkedDecoder } from '../chunked/aws-chunked-decoder.ts';
import { S3Error } from '../s3-error.ts';
import { createBodyHasher } from '../store/body-hasher.ts';
import { checkBodyClaims, claimedAlgorithms, readBodyClaims, trailerNames } from './body-claims.ts';
import type { BodyClaims, HeaderReader } from './body-claims.ts';

/** AWS: Amazon S3 object size limits, for one PUT or one part. */
export const maximumPutBytes = 5 * 1024 ** 3;

export interface RequestBody {
  readonly claims: BodyClaims;
  readonly opened: boolean;
  /** Opens the body, framing taken off. Throws MissingContentLength, EntityTooLarge. */
  open(): Readable;
  /** The trailer's fields, once the body was read to its end. */
  trailers(): ReadonlyMap<string, string>;
  /** The body as it is on the wire, for forms. */
  openRaw(): Readable;
  /**
   * Reads a document whole and checks what was promised about it, or only its signed hash where checksum headers speak of
   * something else. Throws MaxMessageLengthExceeded.
   */
  readDocument(maximumBytes: number, check?: 'all' | 'signature'): Promise<Buffer>;
  /** Lets go of a body that was not read to its end, so that what is left can be drained. */
  release(): void;
  /** Ends a body whose sender went silent. False when nothing is being read. */
  fail(error: Error): boolean;
}

export interface RequestBodyInput {
  request: IncomingMessage;
  response: ServerResponse;
  header: HeaderReader;
  verified: Pick<VerifiedRequest, 'payload' | 'chunkSigning'>;
  /** True when the client waits for 100 Continue (RFC 9110 10.1.1) before it sends the body. */
  awaitsContinue: boolean;
}

/** The body of one request; nothing is read, and no 100 Continue sent, before it is opened. */
export function createRequestBody(input: RequestBodyInput): RequestBody {
  const { request, response, header, verified } = input;
  let claims: BodyClaims | undefined;
  let decoder: AwsChunkedDecoder | undefined;
  let opened: PassThrough | AwsChunkedDecoder | undefined;

  /**
   * Not `pipeline`: that would destroy the request, and with it the socket, when the decoder refuses the bytes; the
   * sender must still be told why.
   */
  function connect<Stream extends PassThrough | AwsChunkedDecoder>(stream: Stream): Stream {
    if (opened !== undefined) throw new Error('A body can be opened once.');
    opened = stream;
    if (input.awaitsContinue) response.writeContinue();
    // Not `complete`: that says what the parser has seen. Bytes that were not read before the socket closed never come.
    const aborted = (): void => {
      if (!request.readableEnded) stream.destroy(new S3Error('IncompleteBody'));
    };
    request.on('error', aborted);
    request.on('close', aborted);
    request.pipe(stream);
    // A reader that gave up must not leave the socket paused: what is left is drained by whoever ends the response.
    stream.on('close', () => request.unpipe(stream));
    if (request.destroyed) aborted();
    return stream;
  }

  const body: RequestBody = {
    get claims() {
      claims ??= readBodyClaims(header, verified.payload);
      return claims;
    },
    get opened() {
      return opened !== undefined;
    },
    open() {
      const { payload } = verified;
      if (payload.kind === 'signed-chunks' || payload.kind === 'unsigned-chunks') {
        const decodedLength = readLength(header('x-amz-decoded-content-length'));
        const names = trailerNames(header);
        if (names.length > 0 && payload.kind === 'signed-chunks' && !payload.trailer) {
          throw new S3Error('InvalidRequest', 'x-amz-trailer needs a payload type with a trailer.');
        }
        decoder = new AwsChunkedDecoder({
          decodedLength,
          trailerNames: names,
          signing: payload.kind === 'signed-chunks' ? verified.chunkSigning : undefined,
        });
        return connect(decoder);
      }
      if (trailerNames(header).length > 0) {
        throw new S3Error('InvalidRequest', 'x-amz-trailer needs a body in aws-chunked encoding.');
      }
      readLength(request.headers['content-length']);
      return connect(new PassThrough());
    },
    trailers: () => decoder?.trailers ?? new Map(),
    openRaw: () => connect(new PassThrough()),
    async readDocument(maximumBytes, check = 'all') {
      const { sha256Hex } = body.claims;
      const checked = check === 'all' ? body.claims : { ...noClaims, sha256Hex };
      const hasher = createBodyHasher(claimedAlgorithms(checked));
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const chunk of body.open() as AsyncIterable<Buffer>) {
        size += chunk.length;
        if (size > maximumBytes) throw new S3Error('MaxMessageLengthExceeded');
        hasher.update(chunk);
        chunks.push(chunk);
      }
      checkBodyClaims(checked, hasher.finish(), body.trailers());
      return Buffer.concat(chunks);
    },
    release: () => opened?.destroy(),
    fail(error) {
      if (opened === undefined || request.complete) return false;
      opened.destroy(error);
      return true;
    },
  };
  return body;
}

const noClaims = {
  md5Hex: undefined,
  checksum: undefined,
  trailerAlgorithm: undefined,
} as const satisfies Partial<BodyClaims>;

function readLength(text: string | undefined): number {
  if (text === undefined) throw new S3Error('MissingContentLength');
  if (!/^\d{1,15}$/.test(text)) throw new S3Error('InvalidArgument', 'A content length must be a number.');
  const length = Number(text);
  if (length > maximumPutBytes) {
    throw new S3Error('EntityTooLarge', undefined, {
      ProposedSize: text,
      MaxSizeAllowed: String(maximumPutBytes),
    });
  }
  return length;
}
