import fc from 'fast-check';
import { expect, test } from 'vitest';
import { S3Error } from '../s3-error.ts';
import { parseLifecycle } from './parse-lifecycle.ts';

const configuration = (...rules: string[]): string =>
  `<?xml version="1.0"?><LifecycleConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${rules
    .map((rule) => `<Rule>${rule}</Rule>`)
    .join('')}</LifecycleConfiguration>`;

const enabled = '<Status>Enabled</Status>';
const all = '<Filter><Prefix></Prefix></Filter>';
const oneDay = '<Expiration><Days>1</Days></Expiration>';

test('reads rules in every form that is carried out', () => {
  const text = configuration(
    `<ID>a &amp; b</ID>${enabled}<Prefix>old/</Prefix>${oneDay}`,
    `<Status>Disabled</Status><Filter/><Expiration><Date>2026-01-01T00:00:00.000Z</Date></Expiration>`,
    `${enabled}<Filter><And><Prefix> x</Prefix><ObjectSizeGreaterThan>5</ObjectSizeGreaterThan><ObjectSizeLessThan>9</ObjectSizeLessThan></And></Filter>${oneDay}`,
    `${enabled}${all}<AbortIncompleteMultipartUpload><DaysAfterInitiation>7</DaysAfterInitiation></AbortIncompleteMultipartUpload>`,
  );
  const rule = {
    enabled: true,
    prefix: '',
    sizeGreaterThan: undefined,
    sizeLessThan: undefined,
    expirationDays: undefined,
    expirationDate: undefined,
    abortIncompleteDays: undefined,
  };
  expect(parseLifecycle(text)).toEqual([
    { ...rule, id: 'a & b', prefix: 'old/', expirationDays: 1 },
    { ...rule, id: 'rule-2', enabled: false, expirationDate: new Date('2026-01-01') },
    { ...rule, id: 'rule-3', prefix: ' x', sizeGreaterThan: 5, sizeLessThan: 9, expirationDays: 1 },
    { ...rule, id: 'rule-4', abortIncompleteDays: 7 },
  ]);
});

test.each([
  ['a tag', `${enabled}<Filter><Tag><Key>a</Key><Value>b</Value></Tag></Filter>${oneDay}`, 'NotImplemented'],
  ['a transition', `${enabled}${all}<Transition><Days>1</Days></Transition>`, 'NotImplemented'],
  ['versions', `${enabled}${all}<NoncurrentVersionExpiration/>`, 'NotImplemented'],
  [
    'delete markers',
    `${enabled}${all}<Expiration><ExpiredObjectDeleteMarker/></Expiration>`,
    'NotImplemented',
  ],
  ['no action', `${enabled}${all}`, 'InvalidRequest'],
  ['no status', `${all}${oneDay}`, 'MalformedXML'],
  ['another status', `<Status>enabled</Status>${all}${oneDay}`, 'MalformedXML'],
  ['no filter', `${enabled}${oneDay}`, 'MalformedXML'],
  ['two filters', `${enabled}${all}${all}${oneDay}`, 'MalformedXML'],
  ['a filter and a prefix', `${enabled}${all}<Prefix>a</Prefix>${oneDay}`, 'MalformedXML'],
  ['an And of one', `${enabled}<Filter><And><Prefix>a</Prefix></And></Filter>${oneDay}`, 'MalformedXML'],
  ['an unknown element', `${enabled}${all}${oneDay}<Extra/>`, 'MalformedXML'],
  ['no days', `${enabled}${all}<Expiration></Expiration>`, 'MalformedXML'],
  ['zero days', `${enabled}${all}<Expiration><Days>0</Days></Expiration>`, 'InvalidArgument'],
  ['words for days', `${enabled}${all}<Expiration><Days>one</Days></Expiration>`, 'MalformedXML'],
  [
    'days and a date',
    `${enabled}${all}<Expiration><Days>1</Days><Date>2026-01-01</Date></Expiration>`,
    'MalformedXML',
  ],
  ['noon', `${enabled}${all}<Expiration><Date>2026-01-01T12:00:00Z</Date></Expiration>`, 'InvalidArgument'],
  ['no date', `${enabled}${all}<Expiration><Date>2026-02-31x</Date></Expiration>`, 'MalformedXML'],
  ['a long id', `<ID>${'x'.repeat(256)}</ID>${enabled}${all}${oneDay}`, 'InvalidArgument'],
])('refuses %s', (_name, rule, code) => {
  expect(() => parseLifecycle(configuration(rule))).toThrow(expect.objectContaining({ code }) as S3Error);
});

test('refuses two rules of one id, no rule and too many', () => {
  const rule = `<ID>a</ID>${enabled}${all}${oneDay}`;
  expect(() => parseLifecycle(configuration(rule, rule))).toThrow('unique');
  expect(() => parseLifecycle(configuration())).toThrow(S3Error);
  const many = Array.from({ length: 1001 }, (_, n) => `<ID>${n}</ID>${enabled}${all}${oneDay}`);
  expect(() => parseLifecycle(configuration(...many))).toThrow(S3Error);
  expect(parseLifecycle(configuration(...many.slice(1)))).toHaveLength(1000);
});

test('whatever the text, it is read or refused in the words of S3', () => {
  const piece = fc.constantFrom(
    enabled,
    all,
    oneDay,
    '<ID>a</ID>',
    '<Rule>',
    '</Rule>',
    '<Filter>',
    '&',
    '<!DOCTYPE a>',
    '-1',
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(piece, { maxLength: 6 }).map((pieces) => configuration(pieces.join(''))),
  );
  fc.assert(
    fc.property(text, (input) => {
      let failure: unknown;
      try {
        parseLifecycle(input);
      } catch (error) {
        failure = error;
      }
      expect(failure === undefined || (failure instanceof S3Error && failure.status < 502)).toBe(true);
    }),
    { numRuns: 500 },
  );
});
