import { expect, it } from 'vitest';
import { parseNestedTarget } from './nested-target.ts';

it.each(['/a:b.png', '//https://images.example.com/logo.svg?width=20'])(
  'keeps %s a path of its own source, as text too',
  (given) => {
    const read = parseNestedTarget('watermark', given);
    expect(read.host).toBeNull();
    expect(parseNestedTarget('watermark', read.text)).toEqual(read);
  },
);
