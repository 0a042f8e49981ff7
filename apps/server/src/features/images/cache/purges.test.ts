import { expect, test } from 'vitest';
import { noPurges, type SourcePurges } from '../../sources/index.ts';
import { isPurged } from './purges.ts';

const picture = { madeAt: 1000, path: 'summer/a.jpg', tags: ['hero', 'sale'] };

test.each<[string, Partial<SourcePurges>, boolean]>([
  ['nothing was purged', {}, false],
  ['the source, later', { all: 1001 }, true],
  ['the source, at the same time', { all: 1000 }, true],
  ['the source, before', { all: 999 }, false],
  ['its path, later', { paths: new Map([['summer/a.jpg', 2000]]) }, true],
  ['its path, before', { paths: new Map([['summer/a.jpg', 500]]) }, false],
  ['a path that begins like it', { paths: new Map([['summer/a.jp', 2000]]) }, false],
  ['its folder, later', { prefixes: [{ prefix: 'summer/', at: 2000 }] }, true],
  ['its folder, before', { prefixes: [{ prefix: 'summer/', at: 500 }] }, false],
  ['another folder', { prefixes: [{ prefix: 'winter/', at: 2000 }] }, false],
  [
    'a folder before and a wider one later',
    {
      prefixes: [
        { prefix: 'summer/', at: 500 },
        { prefix: 's', at: 2000 },
      ],
    },
    true,
  ],
  ['one of its tags, later', { tags: new Map([['sale', 2000]]) }, true],
  ['one of its tags, before', { tags: new Map([['sale', 500]]) }, false],
  ['another tag', { tags: new Map([['sal', 2000]]) }, false],
])('%s', (_case, purges, expected) => {
  expect(isPurged(picture, { ...noPurges, ...purges })).toBe(expected);
});
