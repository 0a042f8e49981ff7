import type { UploadSource } from '@windlass/transfer';
import { describe, expect, it } from 'vitest';
import { addFiles } from './order-file.ts';
import { takeFiles } from './take-files.ts';
import { fileNamed, filesNamed } from './testing/order-files.ts';

const source = (name: string, facts: Partial<UploadSource> = {}): UploadSource => ({
  name,
  size: 10,
  lastModified: 1000,
  type: 'image/jpeg',
  slice: () => new Blob(),
  ...facts,
});
const limits = { maxFiles: 5, maxFileBytes: 100, maxOrderBytes: 150, types: ['image/*'] };
const names = (sources: readonly { name: string }[]) => sources.map(({ name }) => name);

describe('files that were chosen', () => {
  it('are new, or there already by name, size and time', () => {
    const taken = takeFiles(
      [source('a'), source('b'), source('b'), source('a', { lastModified: 2000 }), source('x/a')],
      filesNamed('a'),
      limits,
    );
    expect(names(taken.duplicates)).toEqual(['a', 'b']);
    expect(names(taken.fresh)).toEqual(['b', 'a', 'x/a']);
  });

  it('are taken twice where that is meant', () => {
    expect(names(takeFiles([source('a')], filesNamed('a'), limits, true).fresh)).toEqual(['a']);
  });

  it('are known by name in whichever normal form the system has it', () => {
    expect(takeFiles([source('Mu\u0308ller')], filesNamed('M\u00fcller'), limits).duplicates).toHaveLength(1);
  });

  it('answer what was asked for again after a reload, each once, although path and time are others', () => {
    const asked = addFiles(filesNamed('a'), [
      fileNamed('one', { name: 'trip/b.jpg', state: 'needed' }),
      fileNamed('two', { name: 'b.jpg', state: 'needed' }),
    ]);
    const again = source('b.jpg', { lastModified: 7 });
    const taken = takeFiles([again, again, again, source('b.jpg', { size: 11 })], asked, limits);
    expect(taken.returned.map(({ id }) => id)).toEqual(['one', 'two']);
    expect(taken.duplicates).toEqual([again]);
    expect(taken.fresh.map(({ size }) => size)).toEqual([11]);
  });

  it('are not doubled when the whole lot is chosen again for the sake of some', () => {
    const files = addFiles(filesNamed('a.jpg'), [fileNamed('b.jpg', { state: 'needed' })]);
    const lot = ['a.jpg', 'b.jpg', 'c.jpg'].map((name) => source(`trip/${name}`, { lastModified: 7 }));
    const taken = takeFiles(lot, files, limits);
    expect(names(taken.duplicates)).toEqual(['trip/a.jpg']);
    expect(taken.returned.map(({ id }) => id)).toEqual(['b.jpg']);
    expect(names(taken.fresh)).toEqual(['trip/c.jpg']);
  });

  it('are refused with the reason', () => {
    const taken = takeFiles(
      [
        source('letter.pdf', { type: 'application/pdf' }),
        source('empty', { size: 0 }),
        source('huge', { size: 101 }),
        source('raw', { type: '' }),
        source('b', { size: 60 }),
        source('c', { size: 80 }),
        source('d'),
        source('e'),
        source('f'),
      ],
      filesNamed('a'),
      limits,
    );
    expect(names(taken.fresh)).toEqual(['raw', 'b', 'd', 'e']);
    expect(Object.fromEntries(taken.refused.map(({ name, reason }) => [name, reason]))).toEqual({
      'letter.pdf': 'Only pictures are taken here.',
      empty: 'The file is empty.',
      huge: 'It has 101 B; a file may have 100 B.',
      c: 'All files of an order may have 150 B together.',
      f: 'An order may have 5 files.',
    });
  });

  it('leave out what systems put into folders', () => {
    expect(takeFiles([source('trip/.DS_Store'), source('Thumbs.db')], filesNamed(), limits)).toEqual({
      fresh: [],
      returned: [],
      duplicates: [],
      refused: [],
    });
  });
});
