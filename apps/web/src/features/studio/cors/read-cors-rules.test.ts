import { expect, it } from 'vitest';
import { readCorsRules } from './read-cors-rules.ts';

const rule = { AllowedOrigins: ['https://a.example'], AllowedMethods: ['PUT'] };

it('reads the list of the console and the object of the API', () => {
  expect(readCorsRules(JSON.stringify([rule]))).toEqual([rule]);
  expect(readCorsRules(JSON.stringify({ CORSRules: [rule] }))).toEqual([rule]);
});

it.each(['', '[', '{}', '[{"AllowedOrigins": "*"}]', '<CORSConfiguration/>'])(
  'reads no rules out of %s',
  (text) => {
    expect(readCorsRules(text)).toBeNull();
  },
);
