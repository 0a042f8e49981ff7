import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lintCors } from './lint-cors.ts';
import type { CorsLintOptions } from './lint-options.ts';
import { ruleIds, type RuleId } from './rules.ts';

const sound = {
  ID: 'upload',
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
const read = {
  AllowedOrigins: ['*'],
  AllowedMethods: ['GET', 'HEAD'],
  AllowedHeaders: ['range'],
  MaxAgeSeconds: 3600,
};
const withMany = Array.from({ length: 101 }, (_, at) => ({
  ...read,
  AllowedOrigins: [`https://a${at}.example`],
}));

type Shape = readonly [rule: RuleId, name: string, document: unknown, options?: CorsLintOptions];

const shapes: readonly Shape[] = [
  ['COR001', 'a slash', [{ ...sound, AllowedOrigins: ['https://app.example.com/'] }]],
  ['COR001', 'a path', [{ ...sound, AllowedOrigins: ['https://app.example.com/upload'] }]],
  ['COR001', 'no scheme', [{ ...sound, AllowedOrigins: ['app.example.com'] }]],
  ['COR001', 'capitals', [{ ...sound, AllowedOrigins: ['https://App.example.com'] }]],
  ['COR001', 'the usual port', [{ ...sound, AllowedOrigins: ['https://app.example.com:443'] }]],
  ['COR002', 'PUT', [{ ...sound, AllowedOrigins: ['*'] }]],
  ['COR002', 'DELETE among others', { CORSRules: [{ ...read, AllowedMethods: ['GET', 'DELETE'] }] }],
  ['COR003', 'none', [{ ...sound, ExposeHeaders: undefined }]],
  [
    'COR003',
    'others',
    [{ ...sound, ExposeHeaders: ['x-amz-request-id'] }],
    { capabilities: ['ingestResumable'] },
  ],
  ['COR004', 'OPTIONS', [{ ...sound, AllowedMethods: ['PUT', 'OPTIONS'] }]],
  ['COR004', 'PATCH', [{ ...sound, AllowedMethods: ['PUT', 'PATCH'] }]],
  ['COR004', 'small letters', [{ ...sound, AllowedMethods: ['put'] }]],
  ['COR005', 'origin', [{ ...sound, AllowedOrigins: ['https://*.*.example.com'] }]],
  ['COR005', 'header', [{ ...sound, AllowedHeaders: ['x-*-*'] }]],
  ['COR006', 'none', [{ ...sound, AllowedHeaders: [] }]],
  ['COR006', 'one', [{ ...sound, AllowedHeaders: ['content-*', 'x-amz-*'] }]],
  ['COR007', 'twins', [sound, sound]],
  [
    'COR007',
    'a narrower one',
    [{ ...sound, AllowedOrigins: ['https://*.example.com'], AllowedHeaders: ['*'] }, sound],
  ],
  ['COR008', 'http', [{ ...sound, AllowedOrigins: ['http://app.example.com'] }]],
  ['COR009', '101', withMany],
  ['COR010', 'missing', [{ ...sound, MaxAgeSeconds: undefined }]],
  ['COR011', 'none at MinIO', [sound], { provider: 'minio' }],
  ['COR011', 'wildcards at R2', [{ ...sound, AllowedHeaders: ['*'] }], { provider: 'r2' }],
  ['COR012', 'another page', [sound], { pageOrigin: 'https://other.example' }],
];

const lint = (document: unknown, options?: CorsLintOptions) =>
  lintCors(JSON.stringify(document, null, 2), options);

describe('each rule about CORS', () => {
  const cases = shapes.map(([rule, name, document, options = {}]) => ({ rule, name, document, options }));
  test.each(cases)('$rule: $name', ({ rule, document, options }) => {
    const findings = lint(document, options).filter((finding) => finding.rule === rule);
    expect(findings.length).toBeGreaterThan(0);
    for (const { fixes } of findings)
      for (const { text } of fixes)
        expect(lintCors(text, options).filter((finding) => finding.rule === rule).length).toBeLessThan(
          findings.length,
        );
  });

  test('is covered', () => {
    const covered = new Set<string>(shapes.map(([rule]) => rule));
    expect(ruleIds.filter((id) => id.startsWith('COR') && !covered.has(id))).toEqual([]);
  });
});

describe('CORS rules as they should be', () => {
  test.each([
    ['upload', [sound], { pageOrigin: 'https://app.example.com', provider: 'aws' }],
    ['read from everywhere', [read], { pageOrigin: 'https://a.example' }],
    [
      'a subdomain by wildcard',
      [{ ...sound, AllowedOrigins: ['https://*.example.com', 'http://localhost:3000'] }],
      { pageOrigin: 'https://app.example.com' },
    ],
    ['both, in the object of the CLI', { CORSRules: [sound, read] }, {}],
  ] as const)('have no findings: %s', (_name, document, options) => {
    expect(lint(document, options)).toEqual([]);
  });
});

describe('other forms', () => {
  test("reads S3's XML", () => {
    const text = `<CORSConfiguration>
 <CORSRule>
   <AllowedOrigin>https://app.example.com/</AllowedOrigin>
   <AllowedMethod>PUT</AllowedMethod>
   <AllowedMethod>OPTIONS</AllowedMethod>
   <AllowedHeader>*</AllowedHeader>
   <MaxAgeSeconds>3000</MaxAgeSeconds>
 </CORSRule>
</CORSConfiguration>`;
    expect(lintCors(text).map(({ rule, line, column }) => `${rule} ${line}:${column}`)).toEqual([
      'COR001 3:19',
      'COR003 4:19',
      'COR004 5:19',
    ]);
  });

  test('says what is no rule, with its place', () => {
    expect(
      lintCors('[{"AllowedOrigin": ["https://a.example"]}, 1]').map(
        ({ rule, message }) => `${rule} ${message}`,
      ),
    ).toEqual([
      'COR010 Without MaxAgeSeconds browsers ask again after seconds, before each upload',
      'S3P001 A CORS rule has AllowedOrigins',
      'S3P001 A CORS rule has AllowedMethods',
      'S3P001 "AllowedOrigin" is no part of a CORS rule; there are ID, AllowedOrigins, AllowedMethods, AllowedHeaders, ExposeHeaders, MaxAgeSeconds',
      'S3P001 A CORS rule is an object with AllowedOrigins and AllowedMethods',
    ]);
  });

  test('never throws', () => {
    const parts = fc.constantFrom(
      '<',
      '>',
      'CORSRule',
      'AllowedOrigin',
      '</',
      '[',
      '{',
      '"AllowedOrigins"',
      ':',
      '"*"',
      '}',
      ']',
      ',',
      'constructor',
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(parts, fc.string({ maxLength: 3 })), { maxLength: 40 }),
        fc.json(),
        (all, json) => {
          for (const text of [all.join(''), json])
            expect(lintCors(text, { pageOrigin: 'https://a.example', provider: 'r2' })).toBeInstanceOf(Array);
        },
      ),
    );
  });
});
