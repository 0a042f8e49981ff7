import type { Payload } from '../auth/payload.ts';
import { S3Error } from '../s3-error.ts';
import { checksumAlgorithms } from '../store.ts';
import type { BodyDigest, ChecksumAlgorithm, Checksums } from '../store.ts';

/** Reads one header of the request, or what a pre-signed URL carries in its place. */
export type HeaderReader = (name: string) => string | undefined;

/** What the sender promised about the bytes; checked when all of them were hashed. */
export interface BodyClaims {
  md5Hex: string | undefined;
  sha256Hex: string | undefined;
  checksum: { algorithm: ChecksumAlgorithm; value: string } | undefined;
  /** The checksum that the trailer will bring. */
  trailerAlgorithm: ChecksumAlgorithm | undefined;
}

const digestBytes = { CRC32: 4, CRC32C: 4, CRC64NVME: 8, SHA1: 20, SHA256: 32 } as const satisfies Record<
  ChecksumAlgorithm,
  number
>;

export function checksumHeader(algorithm: ChecksumAlgorithm): string {
  return `x-amz-checksum-${algorithm.toLowerCase()}`;
}

const checksumHeaders: ReadonlySet<string> = new Set(checksumAlgorithms.map(checksumHeader));

/** AWS: Checking object integrity in Amazon S3. Throws InvalidDigest, InvalidRequest. */
export function readBodyClaims(header: HeaderReader, payload: Payload): BodyClaims {
  const md5 = header('content-md5');
  const trailer = trailerNames(header);
  const claims: BodyClaims = {
    md5Hex: md5 === undefined ? undefined : md5ToHex(md5),
    sha256Hex: payload.kind === 'sha256' ? payload.hex : undefined,
    checksum: readChecksum(header),
    trailerAlgorithm: checksumAlgorithms.find((algorithm) => trailer.includes(checksumHeader(algorithm))),
  };
  if (claims.checksum !== undefined && claims.trailerAlgorithm !== undefined) throw severalChecksums();
  const named = header('x-amz-sdk-checksum-algorithm')?.toUpperCase();
  if (named === undefined) return claims;
  if (!checksumAlgorithms.some((algorithm) => algorithm === named)) {
    throw new S3Error(
      'InvalidRequest',
      'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]',
    );
  }
  if ((claims.checksum?.algorithm ?? claims.trailerAlgorithm) !== named) {
    throw new S3Error(
      'InvalidRequest',
      'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.',
    );
  }
  return claims;
}

/** The names that `x-amz-trailer` announces. Throws InvalidRequest for one that is no checksum. */
export function trailerNames(header: HeaderReader): string[] {
  const value = header('x-amz-trailer');
  if (value === undefined) return [];
  const names = value.split(',').map((name) => name.trim().toLowerCase());
  if (names.length !== 1 || !names.every((name) => checksumHeaders.has(name))) {
    throw new S3Error('InvalidRequest', 'The value specified in the x-amz-trailer header is not supported');
  }
  return names;
}

function readChecksum(header: HeaderReader): BodyClaims['checksum'] {
  const given = checksumAlgorithms.flatMap((algorithm) => {
    const value = header(checksumHeader(algorithm));
    return value === undefined ? [] : [{ algorithm, value }];
  });
  if (given.length > 1) throw severalChecksums();
  const [checksum] = given;
  if (checksum !== undefined) checkChecksumValue(checksum.algorithm, checksum.value);
  return checksum;
}

/** Throws InvalidRequest unless the value is base64 of the algorithm's length. */
export function checkChecksumValue(algorithm: ChecksumAlgorithm, value: string): void {
  if (!isBase64(value, digestBytes[algorithm])) {
    throw new S3Error('InvalidRequest', `Value for ${checksumHeader(algorithm)} header is invalid.`);
  }
}

function isBase64(value: string, bytes: number): boolean {
  const decoded = Buffer.from(value, 'base64');
  return decoded.length === bytes && decoded.toString('base64') === value;
}

/** RFC 1864. Throws InvalidDigest. */
function md5ToHex(value: string): string {
  if (!isBase64(value, 16)) throw new S3Error('InvalidDigest');
  return Buffer.from(value, 'base64').toString('hex');
}

/** The algorithms that must be computed to check the claims. */
export function claimedAlgorithms(claims: BodyClaims): ChecksumAlgorithm[] {
  const algorithm = claims.checksum?.algorithm ?? claims.trailerAlgorithm;
  const wanted: ChecksumAlgorithm[] = algorithm === undefined ? [] : [algorithm];
  if (claims.sha256Hex !== undefined && algorithm !== 'SHA256') wanted.push('SHA256');
  return wanted;
}

/**
 * Compares what was promised with what came. Throws BadDigest, XAmzContentSHA256Mismatch; answers the checksum to keep
 * with the object.
 */
export function checkBodyClaims(
  claims: BodyClaims,
  found: Omit<BodyDigest, 'size'>,
  trailers: ReadonlyMap<string, string>,
): Checksums {
  if (claims.sha256Hex !== undefined && claims.sha256Hex !== found.sha256Hex) {
    throw new S3Error('XAmzContentSHA256Mismatch', undefined, {
      ClientComputedContentSHA256: claims.sha256Hex,
      S3ComputedContentSHA256: found.sha256Hex,
    });
  }
  if (claims.md5Hex !== undefined && claims.md5Hex !== found.md5Hex) {
    throw new S3Error('BadDigest', 'The Content-MD5 you specified did not match what we received.', {
      ExpectedDigest: claims.md5Hex,
      CalculatedDigest: found.md5Hex,
    });
  }
  const algorithm = claims.checksum?.algorithm ?? claims.trailerAlgorithm;
  if (algorithm === undefined) return {};
  const promised = claims.checksum?.value ?? trailers.get(checksumHeader(algorithm)) ?? '';
  checkChecksumValue(algorithm, promised);
  if (found.checksums[algorithm] !== promised) {
    throw new S3Error('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`);
  }
  return { [algorithm]: promised };
}

const severalChecksums = (): S3Error =>
  new S3Error(
    'InvalidRequest',
    'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
  );
