import { formFields } from '@windlass/contract';
import { describe, expect, it } from 'vitest';
import {
  copyOptions,
  describeOptions,
  initialAnswers,
  setOption,
  sharedValue,
  withAnswer,
} from './file-options.ts';
import { filesNamed } from './testing/order-files.ts';

const fields = formFields.parse([
  {
    id: 'size',
    label: 'Size',
    kind: 'choice',
    scope: 'file',
    options: [{ value: '10x15', label: '10 × 15 cm' }],
  },
  { id: 'copies', label: 'Copies', kind: 'number', scope: 'file', initial: 1, unit: 'copies' },
  {
    id: 'extras',
    label: 'Extras',
    kind: 'choice',
    multiple: true,
    options: [
      { value: 'box', label: 'Box' },
      { value: 'album', label: 'Album' },
    ],
  },
]);
const options = (files: ReturnType<typeof filesNamed>) => [...files.values()].map((file) => file.options);

describe('options of files', () => {
  it('are set for those that are named and for no other', () => {
    const files = setOption(filesNamed('a', 'b', 'c'), ['a', 'c'], 'size', '10x15');
    expect(options(files)).toEqual([{ size: '10x15' }, {}, { size: '10x15' }]);
  });

  it('leave files alone that have the value already', () => {
    const files = setOption(filesNamed('a'), ['a'], 'extras', ['box', 'album']);
    expect(setOption(files, ['a'], 'extras', ['box', 'album'])).toBe(files);
  });

  it('are taken out when they are emptied', () => {
    expect(withAnswer({ size: '10x15', copies: 2 }, 'size', undefined)).toEqual({ copies: 2 });
    expect(withAnswer({ note: 'x' }, 'note', '')).toEqual({});
    expect(withAnswer({ extras: ['box'] }, 'extras', [])).toEqual({});
    const untouched = { copies: 2 };
    expect(withAnswer(untouched, 'size', undefined)).toBe(untouched);
    expect(withAnswer({}, 'copies', 0)).toEqual({ copies: 0 });
  });

  it('of one file are copied to all', () => {
    const one = setOption(filesNamed('a', 'b'), ['a'], 'copies', 3);
    expect(options(copyOptions(one, ['a', 'b'], one.get('a')?.options ?? {}))).toEqual([
      { copies: 3 },
      { copies: 3 },
    ]);
  });

  it('show what they share, or that they differ', () => {
    const files = setOption(filesNamed('a', 'b', 'c'), ['a', 'b'], 'size', '10x15');
    expect(sharedValue(files, ['a', 'b'], 'size', {})).toEqual({ kind: 'same', value: '10x15' });
    expect(sharedValue(files, ['a', 'c'], 'size', {})).toEqual({ kind: 'mixed' });
    expect(sharedValue(files, ['c'], 'size', {})).toEqual({ kind: 'same', value: undefined });
    expect(sharedValue(filesNamed(), [], 'size', { size: '20x30' })).toEqual({
      kind: 'same',
      value: '20x30',
    });
  });

  it('begin as the lab says, and are told in its words', () => {
    expect(initialAnswers(fields)).toEqual({ copies: 1 });
    expect(describeOptions(fields, { size: '10x15', copies: 2, extras: ['box', 'album'] })).toBe(
      '10 × 15 cm · 2 copies · Box, Album',
    );
    expect(describeOptions(fields, {})).toBe('');
  });
});
