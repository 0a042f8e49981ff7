import { expect, test } from 'vitest';
import { renamedPath } from './renamed-path.ts';

test.each([
  ['in/a.jpg', 'in/a (2).jpg'],
  ['in/a.tar.gz', 'in/a.tar (2).gz'],
  ['in/.profile', 'in/.profile (2)'],
  ['in.d/README', 'in.d/README (2)'],
  ['a', 'a (2)'],
])('the second %s is %s', (key, second) => {
  expect(renamedPath(key, 2)).toBe(second);
});
