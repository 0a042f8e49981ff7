import type { FormField, OrderFile } from '@windlass/contract';
import { describe, expect, it } from 'vitest';
import { formTemplates } from '../../drops/builder/form-templates.ts';
import { answersSaid } from './answer-text.ts';
import { groupedBy, groupFiles } from './group-files.ts';

const fields: readonly FormField[] = formTemplates.prints.fields;
let count = 0;
const file = (options: OrderFile['options']): OrderFile => ({
  // The brand of an id exists for the compiler alone.
  id: `fil_${(count += 1)}` as OrderFile['id'],
  name: `IMG_${count}.jpg`,
  key: `orders/1/IMG_${count}.jpg`,
  size: 1,
  type: 'image/jpeg',
  checksum: null,
  options,
  deletedAt: null,
  thumbnailUrl: null,
  previewUrl: null,
});
const named = (files: readonly OrderFile[], by: readonly string[]) =>
  groupFiles(files, fields, by).map((group) => [group.name, group.files.length]);

describe('files of an order', () => {
  const files = [
    file({ size: '20x30', finish: 'matte', quantity: 1 }),
    file({ size: '10x15', finish: 'glossy', quantity: 10 }),
    file({ size: '10x15', finish: 'glossy', quantity: 2 }),
    file({}),
    file({ size: '10x15', finish: 'glossy', quantity: 2 }),
  ];

  it('stand together as they are printed, in the order of the form', () => {
    expect(named(files, ['size', 'finish', 'quantity'])).toEqual([
      ['10 × 15 cm, Glossy, Copies: 2', 2],
      ['10 × 15 cm, Glossy, Copies: 10', 1],
      ['20 × 30 cm, Matte, Copies: 1', 1],
      ['', 1],
    ]);
  });

  it('are one list where nothing groups them', () => {
    expect(named(files, [])).toEqual([['', 5]]);
    expect(named([], ['size'])).toEqual([]);
  });

  it('are grouped by all that repeats, unless the address says otherwise', () => {
    expect(groupedBy(fields, undefined)).toEqual(['size', 'finish', 'quantity']);
    expect(groupedBy(fields, 'finish,wishes,nothing')).toEqual(['finish']);
    expect(groupedBy(fields, 'none')).toEqual([]);
  });
});

it('says answers in the words of the form, and those that it does not know by their id', () => {
  expect(answersSaid(fields, { old: ['a', 'b'], finish: 'matte', size: 'gone', wishes: '' })).toEqual([
    { id: 'size', label: 'Size', text: 'gone' },
    { id: 'finish', label: 'Finish', text: 'Matte' },
    { id: 'old', label: 'old', text: 'a, b' },
  ]);
});
