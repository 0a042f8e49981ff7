import type { FormField } from '@windlass/contract';

export interface FormTemplate {
  name: string;
  about: string;
  /** Types of media that such a page takes; null: any. */
  types: readonly string[] | null;
  fields: readonly FormField[];
}

const choice = (
  id: string,
  label: string,
  scope: 'order' | 'file',
  options: readonly (readonly [value: string, label: string])[],
): FormField => ({
  kind: 'choice',
  id,
  label,
  help: '',
  scope,
  required: true,
  multiple: false,
  options: options.map(([value, words]) => ({ value, label: words })),
});

/** Where a form begins; everything in it can be changed. */
export const formTemplates = {
  prints: {
    name: 'Prints',
    about: 'Each picture has a size, a finish and a number of copies.',
    types: ['image/*'],
    fields: [
      choice('size', 'Size', 'file', [
        ['10x15', '10 × 15 cm'],
        ['13x18', '13 × 18 cm'],
        ['20x30', '20 × 30 cm'],
        ['30x45', '30 × 45 cm'],
      ]),
      choice('finish', 'Finish', 'file', [
        ['glossy', 'Glossy'],
        ['matte', 'Matte'],
      ]),
      {
        kind: 'number',
        id: 'quantity',
        label: 'Copies',
        help: '',
        scope: 'file',
        required: true,
        min: 1,
        max: 999,
        step: 1,
        unit: '',
        initial: 1,
      },
      {
        kind: 'text',
        id: 'wishes',
        label: 'Anything else?',
        help: '',
        scope: 'order',
        required: false,
        multiline: true,
        maxLength: 1000,
      },
    ],
  },
  files: {
    name: 'Just files',
    about: 'No questions but who sends them; any type of file.',
    types: null,
    fields: [],
  },
  dental: {
    name: 'Dental case',
    about: 'Patient, shade, teeth and a due date, with scans and photographs.',
    types: null,
    fields: [
      {
        kind: 'text',
        id: 'patient',
        label: 'Patient reference',
        help: 'A number of your own, not the name.',
        scope: 'order',
        required: true,
        multiline: false,
        maxLength: 80,
      },
      choice('work', 'Kind of work', 'order', [
        ['crown', 'Crown'],
        ['bridge', 'Bridge'],
        ['inlay', 'Inlay or onlay'],
        ['denture', 'Denture'],
        ['other', 'Something else'],
      ]),
      {
        kind: 'text',
        id: 'teeth',
        label: 'Teeth',
        help: 'In FDI numbers, such as 11, 12.',
        scope: 'order',
        required: true,
        multiline: false,
        maxLength: 120,
      },
      choice('shade', 'Shade', 'order', [
        ['A1', 'A1'],
        ['A2', 'A2'],
        ['A3', 'A3'],
        ['A3.5', 'A3.5'],
        ['B1', 'B1'],
        ['B2', 'B2'],
        ['C2', 'C2'],
        ['D2', 'D2'],
      ]),
      {
        kind: 'date',
        id: 'due',
        label: 'Needed by',
        help: '',
        scope: 'order',
        required: true,
        min: null,
        max: null,
      },
      choice('view', 'What it shows', 'file', [
        ['upper', 'Upper jaw'],
        ['lower', 'Lower jaw'],
        ['bite', 'Bite'],
        ['photo', 'Photograph'],
      ]),
    ],
  },
} as const satisfies Record<string, FormTemplate>;

export type FormTemplateName = keyof typeof formTemplates;
export const formTemplateNames = ['prints', 'files', 'dental'] as const satisfies readonly FormTemplateName[];
