import { expect, it } from 'vitest';
import { firstStudio } from './examples.ts';
import { mostDocuments, studioSchema, type Studio } from './studio-state.ts';
import { studioReducer, type StudioAction } from './studio-reducer.ts';

const after = (...actions: readonly StudioAction[]): Studio => actions.reduce(studioReducer, firstStudio);
const add = { type: 'add', kind: 'identity', text: '{}' } as const;

it('opens with what its own schema takes', () => {
  expect(studioSchema.parse(firstStudio)).toEqual(firstStudio);
});

it('writes into one document and leaves the others', () => {
  const { check } = after(add, { type: 'write', id: 'bucket-1', text: 'new' });
  expect(check.documents.map(({ text }) => text)).toEqual(['new', '{}']);
});

it('opens what was added, with line ends as the editor has them', () => {
  const { check } = after({ type: 'add', kind: 'session', text: '{\r\n}' });
  expect(check.documents.at(-1)).toEqual({ id: check.open, kind: 'session', text: '{\n}' });
});

it('gives each document an id of its own, also after one was removed', () => {
  const { check } = after(add, add, { type: 'remove', id: 'identity-2' }, add);
  const ids = check.documents.map(({ id }) => id);
  expect(ids).toHaveLength(3);
  expect(new Set(ids).size).toBe(3);
});

it('opens the neighbour of what was removed, and keeps the last one', () => {
  const { check } = after(add, { type: 'remove', id: 'identity-2' }, { type: 'remove', id: 'bucket-1' });
  expect(check.documents.map(({ id }) => id)).toEqual(['bucket-1']);
  expect(check.open).toBe('bucket-1');
});

it('takes no more documents than it can hold', () => {
  const { check } = after(...Array.from({ length: mostDocuments + 3 }, () => add));
  expect(check.documents).toHaveLength(mostDocuments);
});

it('loads one view and leaves the others', () => {
  const state = { ...firstStudio.check, open: 'of nothing' };
  const studio = after(
    { type: 'cors', patch: { origin: 'null' } },
    { type: 'load', part: { view: 'check', state } },
  );
  expect(studio.cors.origin).toBe('null');
  expect(studio.check.open).toBe('bucket-1');
});
