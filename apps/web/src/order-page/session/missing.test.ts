import { formFields } from '@windlass/contract';
import { describe, expect, it } from 'vitest';
import { emptyCustomer } from '../draft/draft.ts';
import { addFiles } from '../files/order-file.ts';
import { fileNamed, filesNamed } from '../files/testing/order-files.ts';
import { missingOf, type ToSend } from './missing.ts';

const fields = formFields.parse([
  { id: 'note', label: 'Note', kind: 'text', required: true },
  {
    id: 'size',
    label: 'Size',
    kind: 'choice',
    scope: 'file',
    required: true,
    options: [{ value: '10x15', label: '10 × 15' }],
  },
]);
const nothing: ToSend = {
  page: { fields, customerEmail: 'required', customerPhone: 'required', consentText: 'Agreed.' },
  customer: emptyCustomer,
  answers: {},
  consent: false,
  files: filesNamed(),
};
const complete: ToSend = {
  ...nothing,
  customer: { name: 'Ada', email: 'ada@example.com', phone: '030' },
  answers: { note: 'Hello' },
  consent: true,
  files: new Map([['a', fileNamed('a', { options: { size: '10x15' } })]]),
};
const targetsOf = (order: ToSend) => missingOf(order).map(({ target }) => target);

describe('what an order lacks', () => {
  it('is told in the order of the page', () => {
    expect(targetsOf(nothing)).toEqual([
      'customer-name',
      'customer-email',
      'customer-phone',
      'files',
      'answer-note',
      'consent',
    ]);
  });

  it('is nothing once everything is there, also while files are under way', () => {
    expect(missingOf(complete)).toEqual([]);
  });

  it('is no e-mail where none is asked for, but one that works where it was given', () => {
    const page = { ...complete.page, customerEmail: 'optional' } as const;
    expect(targetsOf({ ...complete, page, customer: { ...complete.customer, email: '' } })).toEqual([]);
    expect(targetsOf({ ...complete, page, customer: { ...complete.customer, email: 'ada@' } })).toEqual([
      'customer-email',
    ]);
    const off = { ...page, customerEmail: 'off' } as const;
    expect(targetsOf({ ...complete, page: off, customer: { ...complete.customer, email: 'ada@' } })).toEqual(
      [],
    );
  });

  it('counts files: without an option, failed, to be chosen again', () => {
    const files = addFiles(complete.files, [
      fileNamed('b'),
      fileNamed('c', { state: 'failed' }),
      fileNamed('d', { state: 'needed', options: { size: '10x15' } }),
    ]);
    expect(missingOf({ ...complete, files })).toEqual([
      { target: 'files-needed', text: '1 file to be chosen again' },
      { target: 'files-failed', text: '1 file that did not arrive: try again or remove' },
      { target: 'option-size', text: 'Size, for 2 files' },
    ]);
  });
});
