import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeRules, sameRule, unmergeRules } from './merge-rules.ts';

const rule = (ID: string | undefined, value: unknown = ID) => ({ ID, AllowedOrigins: [String(value)] });

describe('mergeRules', () => {
  test('replaces a rule of the same name in its place, and adds others at the end', () => {
    const there = [rule('theirs'), rule('windlass-media-upload', 'old'), rule(undefined)];
    const wanted = [rule('windlass-media-upload', 'new'), rule('windlass-media-read')];
    expect(mergeRules(there, wanted)).toEqual([there[0], wanted[0], there[2], wanted[1]]);
  });

  test('makes rules of nothing', () => {
    expect(mergeRules([], [rule('a')])).toEqual([rule('a')]);
  });
});

describe('unmergeRules', () => {
  test('leaves alone a rule that was changed since, and says which', () => {
    const after = [rule('a', 'ours'), rule('b', 'ours')];
    const there = [rule('a', 'changed'), rule('b', 'ours'), rule('c')];
    expect(unmergeRules(there, { before: [], after })).toEqual({
      rules: [rule('a', 'changed'), rule('c')],
      changed: ['a'],
    });
  });

  test('gives back what was there, whatever was merged', () => {
    const names = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const rules = (value: string) =>
      fc
        .uniqueArray(names, { maxLength: 5 })
        .map((chosen) => chosen.map((name) => rule(name, `${value}-${name}`)));
    fc.assert(
      fc.property(rules('theirs'), rules('ours'), (there, wanted) => {
        const before = there.filter(({ ID }) => wanted.some((one) => one.ID === ID));
        const undone = unmergeRules(mergeRules(there, wanted), { before, after: wanted });
        expect(undone).toEqual({ rules: there, changed: [] });
      }),
    );
  });
});

describe('sameRule', () => {
  test('overlooks the order of lists and what a provider adds', () => {
    const wanted = { ID: 'a', AllowedMethods: ['GET', 'HEAD'], MaxAgeSeconds: 5 };
    expect(sameRule({ ...wanted, AllowedMethods: ['HEAD', 'GET'], Extra: 1 }, wanted)).toBe(true);
    expect(sameRule({ ...wanted, AllowedMethods: ['GET'] }, wanted)).toBe(false);
    expect(sameRule({ ID: 'a', AllowedMethods: ['GET', 'HEAD'] }, wanted)).toBe(false);
  });

  test('reads the prefix of a lifecycle rule in its older place', () => {
    const wanted = { ID: 'a', Filter: { Prefix: 'in/' } };
    expect(sameRule({ ID: 'a', Prefix: 'in/' }, wanted)).toBe(true);
    expect(sameRule({ ID: 'a', Prefix: 'out/' }, wanted)).toBe(false);
  });
});
