import { expect, it } from 'vitest';
import { emptyCustomer, type Draft } from './draft.ts';
import { joinDrafts, removedOf } from './join-drafts.ts';

const file = (id: string, transferId: string | null = null) => ({
  id,
  name: `${id}.jpg`,
  size: 10,
  lastModified: 0,
  type: 'image/jpeg',
  transferId,
  received: transferId !== null,
  options: {},
});
const order = (orderToken: string) => ({
  number: '26-00001',
  orderToken,
  uploadToken: 'wu_1',
  statusUrl: 'https://media.example.com/o/1',
  expiresAt: '2026-01-01T00:00:00.000Z',
});
const draft = (token: string | null, files: Draft['files'], removed: string[] = []): Draft => ({
  order: token === null ? null : order(token),
  customer: emptyCustomer,
  answers: {},
  consent: null,
  forNew: {},
  files,
  removed,
});
const idsOf = (joined: Draft | null) => joined?.files.map(({ id }) => id) ?? null;

it.each([
  ['keeps what another tab has put beside it', 'wo_1', 'wo_1', ['a', 'b']],
  ['keeps it where the other had not begun', 'wo_1', null, ['a', 'b']],
  ['takes nothing of another order', 'wo_1', 'wo_2', ['a']],
  ['says nothing where another tab has begun the order', null, 'wo_1', null],
])('%s', (_what, own, stored, ids) => {
  expect(idsOf(joinDrafts(draft(own, [file('a')]), draft(stored, [file('b')]), new Set(['a'])))).toEqual(ids);
});

it('brings back nothing that was removed, here or there', () => {
  const stored = draft('wo_1', [file('mine'), file('theirs', 't1'), file('b', 't2')], ['t9']);
  const joined = joinDrafts(draft('wo_1', [], ['t1']), stored, new Set(['mine']));
  expect(idsOf(joined)).toEqual(['b']);
  expect(joined?.removed.toSorted()).toEqual(['t1', 't9']);
});

it('takes nothing for removed that is shown here: its removal was taken back', () => {
  expect(removedOf({ files: [file('a', 't1')], removed: [] }, { removed: ['t1', 't2'] })).toEqual(['t2']);
});
