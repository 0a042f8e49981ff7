import { describe, expect, test } from 'vitest';
import { capabilities, type Capability } from './capability.ts';
import type { NeedRow } from './need-row.ts';
import { needsOf } from './needs.ts';

const target = { bucket: 'media', prefix: 'uploads/' };
const idsOf = (rows: readonly NeedRow[], kind: NeedRow['kind']) =>
  rows.filter((row) => row.kind === kind).map(({ id }) => id);

describe('needsOf', () => {
  test.each<[Capability, string[], string[]]>([
    [
      'deliver',
      ['getInside', 'getInsideUnicode', 'headInside', 'listInside', 'getLocation'],
      ['putInside', 'deleteInside', 'listAll'],
    ],
    [
      'ingest',
      ['putInside', 'putInsideUnicode', 'uploadPartInside'],
      ['readBack', 'deleteInside', 'listInside', 'putSibling', 'putParent'],
    ],
    [
      'ingestResumable',
      ['putInside', 'listPartsInside', 'abortMultipartInside'],
      ['readBack', 'putObjectAcl', 'putBucketPolicy'],
    ],
    ['process', ['getInside', 'listInside', 'putInside'], ['deleteInside', 'listAll', 'bypassRetention']],
    [
      'gallery',
      ['getInside', 'putInside', 'deleteInside', 'listInside'],
      ['listAll', 'getSibling', 'deleteVersion'],
    ],
    [
      'galleryMember',
      ['getOthersTeam', 'putOwnTeam', 'deleteOwnPrivate'],
      ['getOthersPrivate', 'putOthersTeam', 'deleteOthersPrivate', 'putInside'],
    ],
    [
      'galleryAdmin',
      ['putOthersTeam', 'deleteOthersTeam', 'deleteOthersPrivate'],
      ['getOthersPrivate', 'putOthersPrivate', 'putInside'],
    ],
  ])('knows what %s must and must not', (capability, must, mustNot) => {
    const rows = needsOf([capability], target);
    expect(idsOf(rows, 'must')).toEqual(expect.arrayContaining(must));
    expect(idsOf(rows, 'mustNot')).toEqual(expect.arrayContaining(mustNot));
  });

  test.each(capabilities.map((one) => [one]))('gives %s unique ids and every call once', (capability) => {
    const rows = needsOf([capability], { ...target, outputPrefix: 'thumbs/', writeOnce: true });
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    expect(new Set(rows.map(({ call }) => JSON.stringify(call))).size).toBe(rows.length);
  });

  test('takes what one capability needs out of what another must not', () => {
    const ids = idsOf(needsOf(['ingest', 'deliver'], target), 'mustNot');
    expect(ids).not.toContain('readBack');
    expect(ids).not.toContain('putInside');
    expect(ids).toContain('deleteInside');
  });

  test('lets process write to its output prefix only, and read its input only', () => {
    const rows = needsOf(['process'], { ...target, outputPrefix: 'thumbs/' });
    expect(idsOf(rows, 'must')).toEqual(expect.arrayContaining(['getInside', 'putOutput']));
    expect(idsOf(rows, 'mustNot')).toEqual(
      expect.arrayContaining(['putInside', 'readBackOutput', 'putOutputSibling']),
    );
  });

  test('asks for no refusal outside of a prefix that is the whole bucket', () => {
    const ids = idsOf(needsOf(['deliver'], { ...target, prefix: '' }), 'mustNot');
    expect(ids.filter((id) => /Sibling|Parent|listAll/.test(id))).toEqual([]);
    expect(ids).toContain('getOtherBucket');
  });

  test('asks that an upload without a condition is refused where objects are written once', () => {
    const rows = needsOf(['ingest'], { ...target, writeOnce: true });
    expect(rows.find(({ id }) => id === 'putInside')?.call.parameters).toEqual({ 'if-none-match': '*' });
    expect(rows.find(({ id }) => id === 'overwriteInside')).toMatchObject({
      kind: 'mustNot',
      call: { key: 'uploads/photo.jpg' },
    });
  });
});
