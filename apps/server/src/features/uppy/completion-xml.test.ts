import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { readCompletion, writeXml } from './completion-xml.ts';

const completion = (inner: string): string => `<CompleteMultipartUpload>${inner}</CompleteMultipartUpload>`;
const part = (number: number | string, etag: string): string =>
  `<Part><PartNumber>${number}</PartNumber><ETag>${etag}</ETag></Part>`;

it.each([
  [completion(part(1, 'a') + part(2, '&quot;b&quot;')), [1, 2], ['a', '"b"']],
  [`<?xml version="1.0"?>\n${completion(`\n  ${part(10_000, '"c"')}\n`)}\n`, [10_000], ['"c"']],
  [
    '<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">' +
      part(1, 'a') +
      '</CompleteMultipartUpload>',
    [1],
    ['a'],
  ],
])('reads %j', (xml, numbers, etags) => {
  const read = readCompletion(xml);
  expect(read?.map(({ number }) => number)).toEqual(numbers);
  expect(read?.map(({ etag }) => etag)).toEqual(etags);
});

it.each([
  '',
  completion(''),
  part(1, 'a'),
  completion(part('x', 'a')),
  completion(`${part(1, 'a')}<Extra/>`),
  completion('<Part><ETag>a</ETag></Part>'),
  `<!DOCTYPE a [<!ENTITY b "c">]>${completion(part(1, '&b;'))}`,
])('takes %j for no list of parts', (xml) => {
  expect(readCompletion(xml)).toBeNull();
});

test('what is written is read again, whatever the ETags', () => {
  const parts = fc.array(
    fc.record({
      PartNumber: fc.integer({ min: 1, max: 10_000 }),
      ETag: fc.string({ minLength: 1, maxLength: 20 }).filter((text) => !/\s/.test(text)),
    }),
    { minLength: 1, maxLength: 20 },
  );
  fc.assert(
    fc.property(parts, (given) => {
      const read = readCompletion(writeXml('CompleteMultipartUpload', { Part: given }));
      expect(read).toEqual(given.map(({ PartNumber, ETag }) => ({ number: PartNumber, etag: ETag })));
    }),
  );
});

test('ten thousand parts are read in a moment, and as many broken ones', () => {
  const many = Array.from({ length: 10_000 }, (_, at) => part(at + 1, 'd41d8cd98f00b204e9800998ecf8427e'));
  const start = performance.now();
  expect(readCompletion(completion(many.join('')))).toHaveLength(10_000);
  expect(readCompletion(completion(`${many.join('')}<Part>`))).toBeNull();
  const space = ' '.repeat(1_000_000);
  const hostile = [
    completion(space),
    completion(`<Part><PartNumber>1</PartNumber><ETag>${space}`),
    completion(`<Part><PartNumber>1</PartNumber><ETag>${'a '.repeat(500_000)}`),
    `<?xml ${'?'.repeat(1_000_000)}`,
    `${completion('')}${space}x`,
    completion(`</CompleteMultipartUpload>${space}`.repeat(3)),
  ];
  for (const text of hostile) expect(readCompletion(text)).toBeNull();
  expect(performance.now() - start).toBeLessThan(2000);
});
