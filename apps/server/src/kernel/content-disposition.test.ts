import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentDisposition } from './content-disposition.ts';

describe('contentDisposition', () => {
  it.each([
    ['a b.jpg', 'inline; filename="a b.jpg"'],
    ["it's(1)*!.jpg", `inline; filename="it's(1)*!.jpg"`],
    ['日本.jpg', `inline; filename="__.jpg"; filename*=UTF-8''%E6%97%A5%E6%9C%AC.jpg`],
    ["日'(1)*!.jpg", `inline; filename="_'(1)*!.jpg"; filename*=UTF-8''%E6%97%A5%27%281%29%2A%21.jpg`],
    ['50%.jpg', `inline; filename="50_.jpg"; filename*=UTF-8''50%25.jpg`],
    ['a"\r\nx: y', `inline; filename="a___x: y"; filename*=UTF-8''a%22%0D%0Ax%3A%20y`],
    ['../../etc/passwd', 'inline; filename=".._.._etc_passwd"'],
    ['\ud800.jpg', `inline; filename="_.jpg"; filename*=UTF-8''%EF%BF%BD.jpg`],
  ])('names %j', (name, expected) => expect(contentDisposition({ kind: 'inline', name })).toBe(expected));

  it('makes one header of printable ASCII out of any name, which says the name again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (name) => {
        const value = contentDisposition({ kind: 'attachment', name });
        const form = /^attachment; filename="([^"\\]*)"(?:; filename\*=UTF-8''([\w.~%-]*))?$/;
        const [, plain, extended] = form.exec(value) ?? [];
        expect(value).toMatch(/^[\x20-\x7e]*$/);
        expect(extended === undefined ? plain : decodeURIComponent(extended)).toBe(
          name.toWellFormed().replaceAll('/', '_'),
        );
      }),
    );
  });
});
