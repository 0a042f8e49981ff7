import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyCustomer, readDraft, writeDraft, type Draft } from './draft.ts';

const draft: Draft = {
  order: {
    number: '26-00042',
    orderToken: 'wo_a',
    uploadToken: 'wu_b',
    statusUrl: 'https://lab.example/o/c',
    expiresAt: '2026-12-01T00:00:00Z',
  },
  customer: { name: 'Ada', email: 'ada@', phone: '' },
  answers: { note: 'Hello', extras: ['box'], copies: 2 },
  consent: 'I agree.',
  forNew: { copies: 1 },
  files: [
    {
      id: 'f1',
      name: 'trip/a.jpg',
      size: 10,
      lastModified: 1000,
      type: 'image/jpeg',
      transferId: 'trf_1',
      received: true,
      options: { copies: 3 },
    },
  ],
  removed: ['trf_0'],
};

describe('a draft', () => {
  it('is read as it was written', () => {
    expect(readDraft(writeDraft(draft))).toEqual(draft);
  });

  it('of which parts are broken keeps the others', () => {
    const broken = {
      version: 1,
      order: { number: '1' },
      files: [{ id: 1 }, draft.files[0], null],
      answers: { a: {} },
    };
    expect(readDraft(JSON.stringify(broken))).toEqual({
      order: null,
      customer: emptyCustomer,
      answers: {},
      consent: null,
      forNew: {},
      files: draft.files,
      removed: [],
    });
  });

  it('that is none is none, whatever stands there', () => {
    expect(readDraft(null)).toBeNull();
    expect(readDraft('{"version":2}')).toBeNull();
    fc.assert(fc.property(fc.string(), (text) => void readDraft(text)));
    fc.assert(
      fc.property(fc.json(), (text) => void readDraft(`{"version":1,"files":${text},"customer":${text}}`)),
    );
  });
});
