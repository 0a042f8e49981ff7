import { formField, formFields } from '@windlass/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  draftFields,
  fieldIdFrom,
  fieldsOf,
  optionsFromLines,
  relabelled,
  withAdded,
  withDuplicate,
  withMoved,
} from './form-draft.ts';
import { formTemplateNames, formTemplates } from './form-templates.ts';

const prints = () => draftFields([...formTemplates.prints.fields]);
const labels = (fields: readonly { label: string }[]) => fields.map(({ label }) => label);

describe('the questions of a form', () => {
  it('are sent as they were, without what only the editor knows', () => {
    expect(fieldsOf(prints())).toEqual(formTemplates.prints.fields);
  });

  it('begin as the contract takes them, in every template', () => {
    for (const name of formTemplateNames)
      expect(formFields.safeParse(formTemplates[name].fields).success).toBe(true);
  });

  it('get ids that the contract takes, whatever the label', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.array(fc.constantFrom('text', 'text_2', 'a')),
        (label, taken) => {
          const id = fieldIdFrom(label, 'text', taken);
          expect(taken).not.toContain(id);
          expect(formField.safeParse({ kind: 'email', id, label: 'x' }).error).toBeUndefined();
        },
      ),
    );
    expect(fieldIdFrom('Größe (cm)', 'number', [])).toBe('grosse_cm');
    expect(fieldIdFrom('寸法', 'number', ['number'])).toBe('number_2');
  });

  it('keep the id that orders have answers under when the label changes', () => {
    const added = withAdded(prints(), 'text', 'order');
    const key = added.at(-1)?.key ?? -1;
    expect(relabelled(added, key, 'Border', []).at(-1)).toMatchObject({ label: 'Border', id: 'border' });
    expect(relabelled(added, 0, 'Format', ['size'])[0]).toMatchObject({ label: 'Format', id: 'size' });
  });

  it('move among those of their scope, and no further than its ends', () => {
    const moved = withMoved(prints(), 2, 0);
    expect(labels(moved.filter(({ scope }) => scope === 'file'))).toEqual(['Copies', 'Size', 'Finish']);
    expect(withMoved(moved, 2, 99).findLast(({ scope }) => scope === 'file')?.label).toBe('Copies');
    expect(moved).toHaveLength(4);
  });

  it('are doubled under an id and a key of their own', () => {
    const doubled = withDuplicate(prints(), 0);
    expect(doubled[1]).toMatchObject({ id: 'size_2', label: 'Size' });
    expect(new Set(doubled.map(({ key }) => key)).size).toBe(5);
    expect(formFields.safeParse(fieldsOf(doubled)).success).toBe(true);
  });
});

describe('options written a line each', () => {
  it('keep their value where the line stays, wherever it goes', () => {
    const before = [
      { value: '10x15', label: '10 × 15 cm' },
      { value: 'big', label: 'Big' },
    ];
    expect(optionsFromLines('Big\n\n10 × 15 cm\nHuge', before)).toEqual([
      { value: 'big', label: 'Big' },
      { value: '10x15', label: '10 × 15 cm' },
      { value: 'huge', label: 'Huge' },
    ]);
  });

  it('are what the contract takes, whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }), { maxLength: 8 }),
        (lines) => {
          const options = optionsFromLines(lines.join('\n'), []);
          expect(new Set(options.map(({ value }) => value)).size).toBe(options.length);
          const field = { kind: 'choice', id: 'a', label: 'A', options };
          fc.pre(
            options.length > 0 && options.every(({ label }) => !label.includes('\0') && label.length <= 120),
          );
          expect(formField.safeParse(field).error).toBeUndefined();
        },
      ),
    );
  });
});
