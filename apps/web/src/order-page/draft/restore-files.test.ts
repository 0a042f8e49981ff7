import { orderDraft } from '@windlass/contract';
import { describe, expect, it } from 'vitest';
import type { DraftFile } from './draft.ts';
import { restoreFiles } from './restore-files.ts';

const id = (last: string) => `trf_01kazq8v3kf2wvpn2d8m6b3c${last}`;
const own = (name: string, transferId: string | null): DraftFile => ({
  id: name,
  name,
  size: 10,
  lastModified: 1000,
  type: 'image/jpeg',
  transferId,
  received: false,
  options: { copies: 2 },
});
const onServer = (last: string, name: string, received: boolean) =>
  orderDraft.shape.files.element.parse({
    transferId: id(last),
    name,
    size: 10,
    type: 'image/jpeg',
    received,
    options: { copies: 1 },
  });
const states = (files: ReturnType<typeof restoreFiles>) =>
  [...files.values()].map(({ name, state, transferId }) => [name, state, transferId]);

describe('files after a reload', () => {
  it('have arrived as the server says, wait where their bytes are here, and are asked for where not', () => {
    const files = restoreFiles(
      { files: [own('a', id('aa')), own('b', id('bb')), own('c', null)], removed: [] },
      [onServer('aa', 'a', true), onServer('bb', 'b', false)],
      new Set(['b']),
    );
    expect(states(files)).toEqual([
      ['a', 'received', id('aa')],
      ['b', 'waiting', id('bb')],
      ['c', 'needed', null],
    ]);
    expect(files.get('a')).toMatchObject({ bytesSent: 10, options: { copies: 2 } });
  });

  it('find their transfer by name and size where a crash came before it was written down, each one of its own', () => {
    const files = restoreFiles(
      { files: [own('a', null), { ...own('a', null), id: 'second' }], removed: [] },
      [onServer('aa', 'a', true), onServer('bb', 'a', true)],
      new Set(),
    );
    expect(states(files)).toEqual([
      ['a', 'received', id('aa')],
      ['a', 'received', id('bb')],
    ]);
  });

  it('include what only the server knows and has arrived, but nothing that was removed', () => {
    const server = [onServer('aa', 'a', true), onServer('bb', 'b', true), onServer('cc', 'c', false)];
    const files = restoreFiles({ files: [], removed: [id('aa')] }, server, new Set());
    expect(states(files)).toEqual([['b', 'received', id('bb')]]);
    expect([...files.values()][0]?.options).toEqual({ copies: 1 });
  });
});
