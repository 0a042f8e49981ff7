import { pages } from './examples.ts';
import type { RuleDoc } from './rule-doc.ts';

const upload = {
  AllowedOrigins: ['https://app.example.com'],
  AllowedMethods: ['PUT'],
  AllowedHeaders: [
    'content-type',
    'content-md5',
    'if-none-match',
    'x-amz-checksum-*',
    'x-amz-sdk-checksum-algorithm',
    'x-amz-meta-*',
  ],
  ExposeHeaders: ['ETag'],
  MaxAgeSeconds: 3600,
};

/** Examples are lists of rules, and their options those of `lintCors`. */
export const corsRuleDocs = {
  COR001: {
    why: 'Browsers send scheme, host and port and nothing else, in small letters and without the usual port. S3 compares letter by letter, so an origin with a slash never matches.',
    mend: 'Write `https://app.example.com`.',
    source: 'https://www.rfc-editor.org/rfc/rfc6454#section-6.2',
    bad: [{ ...upload, AllowedOrigins: ['https://app.example.com/'] }],
  },
  COR002: {
    why: 'Any page may then write with a signed URL that it gets hold of, from the browser of whoever visits it.',
    mend: 'Name the pages that upload.',
    source: pages.cors,
    bad: [{ ...upload, AllowedOrigins: ['*'] }],
    good: [upload],
  },
  COR003: {
    why: 'Scripts see a header only if it is exposed. Without the ETag of each part an upload in parts cannot be completed.',
    mend: 'Put `ETag` into `ExposeHeaders`.',
    source: pages.cors,
    bad: [{ ...upload, ExposeHeaders: [] }],
  },
  COR004: {
    why: 'S3 takes GET, PUT, POST, DELETE and HEAD, in capitals, and refuses the rules otherwise. OPTIONS is the question of the browser and is answered without being listed.',
    mend: 'Remove the method, or write it in capitals.',
    source: pages.cors,
    bad: [{ ...upload, AllowedMethods: ['PUT', 'OPTIONS'] }],
  },
  COR005: {
    why: 'S3 takes one `*` in an origin or header, and none in `ExposeHeaders`.',
    mend: 'Write a rule for each pattern.',
    source: pages.cors,
    bad: [{ ...upload, AllowedOrigins: ['https://*.*.example.com'] }],
    good: [{ ...upload, AllowedOrigins: ['https://*.example.com'] }],
  },
  COR006: {
    why: 'One header that is not allowed is enough: the browser then does not send the upload at all, and shows "CORS error" without naming the header.',
    mend: 'Allow the headers that uploads send.',
    source: pages.corsTroubles,
    bad: [{ ...upload, AllowedHeaders: ['content-type'] }],
  },
  COR007: {
    why: 'S3 uses the first rule that fits. This one is never reached, so what it exposes or how long it is kept does not count.',
    mend: 'Remove it, or put it before the wider one.',
    source: pages.cors,
    bad: [{ ...upload, AllowedOrigins: ['https://*.example.com'] }, upload],
  },
  COR008: {
    why: 'Over http anybody on the way can put a script into the page, and the script has the rights of its origin.',
    mend: 'Serve the page over https. `http://localhost` is fine.',
    source: 'https://www.rfc-editor.org/rfc/rfc6454#section-8.3',
    bad: [{ ...upload, AllowedOrigins: ['http://app.example.com'] }],
  },
  COR009: {
    why: 'S3 takes 100 rules and refuses more.',
    mend: 'Put origins with the same rights into one rule.',
    source: pages.cors,
    bad: Array.from({ length: 101 }, (_, at) => ({
      ...upload,
      AllowedOrigins: [`https://customer-${at}.example.com`],
    })),
    good: [{ ...upload, AllowedOrigins: ['https://*.example.com'] }],
  },
  COR010: {
    why: 'Browsers keep an answer for five seconds when no time is given. Each part of an upload then asks first, which doubles the requests.',
    mend: 'Set an hour: browsers cap it at two hours or more.',
    source: 'https://fetch.spec.whatwg.org/#http-access-control-max-age',
    bad: [{ ...upload, MaxAgeSeconds: undefined }],
  },
  COR011: {
    why: 'The provider has no such rules, or wants headers by name.',
    mend: 'Follow the steps of the provider. Generated rules keep to what it takes.',
    source: 'https://developers.cloudflare.com/r2/buckets/cors/',
    bad: [{ ...upload, AllowedHeaders: ['*'] }],
    good: [
      {
        ...upload,
        AllowedHeaders: [
          'content-type',
          'content-md5',
          'if-none-match',
          'x-amz-checksum-crc32',
          'x-amz-sdk-checksum-algorithm',
          'x-amz-meta-name',
        ],
      },
    ],
    options: { provider: 'r2' },
  },
  COR012: {
    why: 'The page that reads or uploads is in none of the rules, so that its browser is refused.',
    mend: 'Add its origin: scheme, host and port, as the address bar shows them.',
    source: pages.cors,
    bad: [upload],
    options: { pageOrigin: 'https://gallery.example.com' },
  },
} satisfies Record<string, RuleDoc>;
