import type { Capability } from '../jobs/capability.ts';
import type { ProviderProfile } from '../providers/provider-profile.ts';
import type { CorsRule } from './cors-rule.ts';

/** Browsers cap it lower (Chromium two hours), and a change of the rules is seen within this time. */
const maxAgeSeconds = 3600;

/** What `fetch` and a media element send when they read. `Range` with several parts is no simple header. */
const readHeaders = ['range', 'if-none-match', 'if-modified-since'];
const readExposes = ['ETag', 'Content-Length', 'Content-Range', 'Accept-Ranges', 'Last-Modified'];
const uploadHeaders = [
  'content-type',
  'content-md5',
  'if-none-match',
  'x-amz-checksum-*',
  'x-amz-sdk-checksum-algorithm',
  'x-amz-meta-*',
];
/**
 * Signed into uploads where headers that nobody has signed are taken (`ProviderProfile.takesUnsigned`), so that a sender can
 * neither publish an object nor have another one copied.
 */
export const guardHeaders = ['x-amz-acl', 'x-amz-copy-source-range'] as const;
/** Without ETag a page cannot complete an upload in parts. */
const uploadExposes = ['ETag', 'x-amz-version-id', 'x-amz-checksum-crc32', 'x-amz-request-id'];
/** A page that holds keys of its own signs in headers. */
const signedHeaders = [
  'authorization',
  'content-type',
  'content-md5',
  'if-match',
  'if-none-match',
  'if-modified-since',
  'range',
  'x-amz-*',
];

/** Wildcards written out, for providers that take each header by its name. */
const writtenOut: Readonly<Record<string, readonly string[]>> = {
  'x-amz-checksum-*': [
    'x-amz-checksum-crc32',
    'x-amz-checksum-crc32c',
    'x-amz-checksum-sha1',
    'x-amz-checksum-sha256',
  ],
  'x-amz-meta-*': ['x-amz-meta-name'],
  'x-amz-*': [
    'x-amz-content-sha256',
    'x-amz-date',
    'x-amz-security-token',
    'x-amz-user-agent',
    'x-amz-checksum-crc32',
    'x-amz-sdk-checksum-algorithm',
    'x-amz-meta-name',
  ],
};

/**
 * CORS rules for pages that read from or upload to the bucket: no more methods and headers than the jobs use. Null where
 * no page does, and where the provider has no rules.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html
 *
 * @example generateCors(['ingest'], ['https://app.example.com'], providerProfiles.aws)
 */
export const generateCors = (
  capabilities: readonly Capability[],
  origins: readonly string[],
  { cors, takesUnsigned }: Pick<ProviderProfile, 'cors' | 'takesUnsigned'>,
): CorsRule[] | null => {
  if (origins.length === 0 || cors === 'none') return null;
  const rule = (
    ID: string,
    AllowedMethods: string[],
    headers: string[],
    ExposeHeaders: string[],
  ): CorsRule => ({
    ID,
    AllowedOrigins: [...new Set(origins)],
    AllowedMethods,
    AllowedHeaders: cors === 'headersOneByOne' ? oneByOne(headers) : headers,
    ExposeHeaders,
    MaxAgeSeconds: maxAgeSeconds,
  });
  const any = (...wanted: Capability[]) => wanted.some((one) => capabilities.includes(one));

  // The first rule that matches is the only one that is used, so that each method is in one rule.
  if (any('gallery', 'galleryMember', 'galleryAdmin'))
    return [
      rule('gallery', ['GET', 'HEAD', 'PUT', 'POST', 'DELETE'], signedHeaders, [
        ...new Set([...uploadExposes, ...readExposes]),
      ]),
    ];
  const sent = takesUnsigned === true ? [...uploadHeaders, ...guardHeaders] : uploadHeaders;
  const rules = [
    ...(any('ingest', 'ingestResumable') ? [rule('upload', ['PUT'], sent, uploadExposes)] : []),
    ...(any('deliver') ? [rule('read', ['GET', 'HEAD'], readHeaders, readExposes)] : []),
  ];
  return rules.length === 0 ? null : rules;
};

const oneByOne = (headers: readonly string[]): string[] => [
  ...new Set(headers.flatMap((header) => writtenOut[header] ?? [header])),
];
