import { expect, it } from 'vitest';
import type { OrderFile } from '../files/order-file.ts';
import { fileNamed } from '../files/testing/order-files.ts';
import { followFiles } from './follow-files.ts';

const received = (name: string, transferId: string): OrderFile =>
  fileNamed(name, { state: 'received', transferId, bytesSent: 10 });
const mapOf = (...files: OrderFile[]) => new Map(files.map((file) => [file.id, file]));
const nothing = { removedThere: [], removedHere: new Set<string>() };

it('takes up what has arrived through another tab, once', () => {
  const own = mapOf(fileNamed('a'));
  const { files } = followFiles(own, [received('b', 't1')], nothing);
  expect([...files.keys()]).toEqual(['a', 'b']);
  // The server shows it under the id of its transfer.
  expect(followFiles(files, [received('t1', 't1'), received('b', 't1')], nothing).files).toBe(files);
});

it('does not send what the other has sent already, and keeps what was chosen for it', () => {
  const own = mapOf(fileNamed('a', { options: { copies: 3 } }));
  const followed = followFiles(own, [received('a', 't1')], nothing);
  expect(followed.overtaken).toEqual(['a']);
  expect(followed.files.get('a')).toMatchObject({
    state: 'received',
    transferId: 't1',
    options: { copies: 3 },
  });
});

it('needs but one of two transfers of the same file', () => {
  const own = mapOf(received('a', 't1'));
  expect(followFiles(own, [received('a', 't2')], nothing)).toEqual({
    files: own,
    overtaken: [],
    twins: ['t2'],
  });
});

it('lets go of what was removed there, and brings back nothing that was removed here', () => {
  const own = mapOf(received('a', 't1'), fileNamed('b'));
  const removed = { removedThere: ['t1'], removedHere: new Set(['t2']) };
  const { files } = followFiles(own, [received('a', 't1'), received('c', 't2')], removed);
  expect([...files.keys()]).toEqual(['b']);
});
