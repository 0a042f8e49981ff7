import { resolve, sep } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localPath } from './local-path.ts';

describe('where an object is written', () => {
  it.each([
    ['a.jpg', 'out/a.jpg'],
    ['day 1/ä.jpg', 'out/day 1/ä.jpg'],
    ['..a/b..', 'out/..a/b..'],
  ])('%s is %s', (name, path) => expect(localPath('out', name)).toBe(path));

  it.each(['', '..', '../a', 'a/../../b', './a', '/etc/passwd', 'a//b', 'a/', 'a\0b', 'x'.repeat(256)])(
    '%j is nowhere',
    (name) => expect(localPath('out', name)).toBeNull(),
  );

  it('never is outside the folder', () => {
    const segment = fc.oneof(fc.constantFrom('..', '.', '', '/', '\\', '\0'), fc.string({ maxLength: 5 }));
    fc.assert(
      fc.property(fc.array(segment), (segments) => {
        const path = localPath('/srv/out', segments.join('/')) ?? `/srv/out${sep}nowhere`;
        expect(resolve(path).startsWith(`/srv/out${sep}`)).toBe(true);
      }),
    );
  });
});
