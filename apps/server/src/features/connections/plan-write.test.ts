import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refuseWrite, type WriteFacts } from './plan-write.ts';

const facts: WriteFacts = {
  put: 'yes',
  delete: 'unknown',
  deleteVersion: 'no',
  versioned: null,
  needsDelete: false,
  owner: false,
};
const can = fc.constantFrom('yes' as const, 'no' as const, 'unknown' as const);
const anyFacts = fc.record<WriteFacts>({
  put: can,
  delete: can,
  deleteVersion: can,
  versioned: fc.constantFrom(true, false, null),
  needsDelete: fc.boolean(),
  owner: fc.boolean(),
});

describe('refuseWrite', () => {
  it.each<[string, Partial<WriteFacts>, ReturnType<typeof refuseWrite>]>([
    ['a key that may not write', { put: 'no' }, 'mayNotWrite'],
    ['an ingest key, of which nobody knows whether it may delete', {}, 'deleteNotProven'],
    ['a key that is known not to delete', { delete: 'no', needsDelete: true }, 'mayNotDelete'],
    ['a gallery key where no call proves the right', { needsDelete: true }, null],
    ['an owner', { owner: true }, null],
    ['a versioned bucket', { versioned: true, delete: 'yes' }, 'keepsVersions'],
    ['a versioned bucket whose versions may be deleted', { versioned: true, deleteVersion: 'yes' }, null],
    [
      'a bucket that may be versioned, where deleting is proven already',
      { delete: 'yes' },
      'mayKeepVersions',
    ],
    ['a bucket without versions, where deleting is proven', { delete: 'yes', versioned: false }, null],
  ])('decides for %s', (_, given, expected) => {
    expect(refuseWrite({ ...facts, ...given })).toBe(expected);
  });

  it('never writes what is known to stay', () => {
    fc.assert(
      fc.property(anyFacts, (given) => {
        const stays = given.delete === 'no' || (given.versioned === true && given.deleteVersion !== 'yes');
        expect(refuseWrite(given) === null && stays).toBe(false);
      }),
    );
  });
});
