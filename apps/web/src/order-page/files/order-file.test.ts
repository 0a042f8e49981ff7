import { describe, expect, it } from 'vitest';
import { addFiles, changeFiles, removeFiles, restoreFiles, totalsOf } from './order-file.ts';
import { fileNamed, filesNamed } from './testing/order-files.ts';

describe('the files of an order', () => {
  it('leave everything as it was where nothing changes, so that no tile is drawn anew', () => {
    const files = filesNamed('a', 'b');
    expect(changeFiles(files, ['a', 'gone'], (file) => file)).toBe(files);
    const changed = changeFiles(files, ['a'], (file) => ({ ...file, bytesSent: 5 }));
    expect(changed.get('a')?.bytesSent).toBe(5);
    expect(changed.get('b')).toBe(files.get('b'));
    expect(files.get('a')?.bytesSent).toBe(0);
  });

  it('come back to their place when a removal is taken back, also after others were added', () => {
    const files = filesNamed('a', 'b', 'c', 'd');
    const removed = [fileNamed('b'), fileNamed('d')];
    const left = addFiles(removeFiles(files, new Set(['b', 'd'])), [fileNamed('new')]);
    expect([...restoreFiles(left, removed, [...files.keys()]).keys()]).toEqual(['a', 'b', 'c', 'd', 'new']);
  });

  it('are counted by what has become of them', () => {
    const files = addFiles(filesNamed('a'), [fileNamed('b', { state: 'received', bytesSent: 10 })]);
    expect(totalsOf(files)).toEqual({
      count: 2,
      bytes: 20,
      bytesSent: 10,
      byState: { waiting: 1, sending: 0, received: 1, failed: 0, needed: 0 },
    });
  });
});
