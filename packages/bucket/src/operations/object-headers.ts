import type { Call, Services } from '../http/call.ts';
import { headerText } from '../http/header-text.ts';
import { expirationHeader } from '../lifecycle/index.ts';
import { S3Error } from '../s3-error.ts';
import type { ContentHeaders, ObjectRecord } from '../store.ts';
import { checksumHeader } from '../body/body-claims.ts';
import { checksumAlgorithms } from '../store.ts';

/** AWS: Working with object metadata: 2 KB of names and values. */
const maximumMetadataBytes = 2048;

const stored = {
  contentType: 'content-type',
  contentEncoding: 'content-encoding',
  contentLanguage: 'content-language',
  contentDisposition: 'content-disposition',
  cacheControl: 'cache-control',
  expires: 'expires',
} as const satisfies Record<keyof ContentHeaders, string>;

/** The names of ContentHeaders; `Object.keys` of a literal of exactly those keys. */
const storedFields = Object.keys(stored) as (keyof ContentHeaders)[];

/** The headers that are kept with an object. The transfer's own `aws-chunked` is not one of them. */
export function readContentHeaders(header: Call['header']): ContentHeaders {
  const headers: ContentHeaders = {};
  for (const field of storedFields) {
    const value = header(stored[field]);
    if (value === undefined || value === '') continue;
    const kept = field === 'contentEncoding' ? withoutAwsChunked(value) : value;
    if (kept !== '') headers[field] = kept;
  }
  return headers;
}

function withoutAwsChunked(value: string): string {
  return value
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding.toLowerCase() !== 'aws-chunked')
    .join(', ');
}

/** User metadata by its name without `x-amz-meta-`. Throws MetadataTooLarge, InvalidArgument. */
export function readMetadata(
  fields: readonly (readonly [name: string, value: string])[],
): Record<string, string> {
  const metadata: Record<string, string> = Object.create(null) as Record<string, string>;
  let size = 0;
  for (const [fullName, value] of fields) {
    const name = fullName.slice('x-amz-meta-'.length);
    if (!/^[!#$%&'*+\-.^_`|~0-9a-z]+$/.test(name)) {
      throw new S3Error('InvalidArgument', 'The name of a metadata field is not valid.', {
        ArgumentName: fullName,
      });
    }
    metadata[name] = value;
    size += name.length + value.length;
  }
  if (size > maximumMetadataBytes) {
    throw new S3Error('MetadataTooLarge', undefined, {
      Size: String(size),
      MaxSizeAllowed: String(maximumMetadataBytes),
    });
  }
  return { ...metadata };
}

/** What GET and HEAD say about an object. */
export function objectHeaders(record: ObjectRecord): Record<string, string | undefined> {
  const headers: Record<string, string | undefined> = {
    etag: `"${record.etag}"`,
    'last-modified': record.lastModified.toUTCString(),
    'accept-ranges': 'bytes',
    'content-type': 'binary/octet-stream',
  };
  for (const field of storedFields) {
    const value = record.headers[field];
    if (value !== undefined) headers[stored[field]] = value;
  }
  for (const [name, value] of Object.entries(record.metadata)) headers[`x-amz-meta-${name}`] = value;
  return headers;
}

/**
 * What keeps an object from acting as a page of this origin: browsers take the type as it is said (Fetch standard, `nosniff`),
 * and whatever they make a document of has neither scripts nor an origin (CSP 3, `sandbox`). S3 has a host of its own for that;
 * this server often shares one with what signs people in. A PDF has its own sandbox, and no viewer opens it inside of another.
 */
export function harmlessHeaders(contentType: string | undefined): Record<string, string> {
  const isPdf = /^\s*application\/pdf\s*(;|$)/i.test(contentType ?? '');
  return {
    'x-content-type-options': 'nosniff',
    ...(isPdf ? {} : { 'content-security-policy': 'sandbox' }),
  };
}

/** `x-amz-expiration`: when a lifecycle rule will remove the object, and which; undefined when none will. */
export function expirationOf(services: Services, bucket: string, record: ObjectRecord): string | undefined {
  const rules = services.documents.lifecycleRules(bucket);
  return rules === undefined ? undefined : expirationHeader(rules, record);
}

/** The checksums of an object, for whoever asked with `x-amz-checksum-mode: ENABLED` or has just written it. */
export function checksumHeaders(
  record: Pick<ObjectRecord, 'checksums'> & Partial<Pick<ObjectRecord, 'checksumType'>>,
): Record<string, string | undefined> {
  const headers: Record<string, string | undefined> = {};
  for (const algorithm of checksumAlgorithms) {
    const value = record.checksums[algorithm];
    if (value === undefined) continue;
    headers[checksumHeader(algorithm)] = value;
    headers['x-amz-checksum-type'] = record.checksumType;
  }
  return headers;
}

const overrides = {
  'response-content-type': 'content-type',
  'response-content-language': 'content-language',
  'response-expires': 'expires',
  'response-cache-control': 'cache-control',
  'response-content-disposition': 'content-disposition',
  'response-content-encoding': 'content-encoding',
} as const;

/** `response-*` of GET and HEAD; only whoever signed may choose them (AWS: GetObject, overriding response headers). */
export function overriddenHeaders({ query, verified }: Call): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [parameter, name] of Object.entries(overrides)) {
    const value = query.get(parameter);
    if (value === undefined) continue;
    if (verified.kind === 'anonymous') {
      throw new S3Error(
        'InvalidRequest',
        'Request specific response headers cannot be used for anonymous GET requests.',
      );
    }
    headers[name] = headerText(parameter, value);
  }
  return headers;
}
