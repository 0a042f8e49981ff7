import { submitOrder } from '@windlass/contract';
import { expect, it } from 'vitest';
import { codeOf } from '../../../../../../tests/support/source-scene.ts';
import { checkOrder } from './check-order.ts';

const drop = {
  customerEmail: 'optional',
  customerPhone: 'off',
  consentText: 'My pictures may be printed.',
  maxFiles: 1,
  maxFileBytes: '10',
  maxOrderBytes: '10',
} as const;
/** Up to its files, of which it has none: an order of words alone that is otherwise fit. */
const judge = (given: object, page: Partial<Record<keyof typeof drop, string>> = {}) =>
  codeOf(
    (async () =>
      checkOrder(
        { drop: { ...drop, consentText: page.consentText ?? drop.consentText }, fields: [] },
        new Map(),
        submitOrder.body.parse({
          customer: { name: 'Zoë', email: null, phone: null },
          files: [{ transferId: 'trf_01kazq8v3kf2wvpn2d8m6b3c9t' }],
          ...given,
        }),
      ))(),
  );

it.each([
  ['that were shown', { consent: true, consentText: drop.consentText }, 'uploadIncomplete'],
  ['that are taken to have been read', { consent: true }, 'uploadIncomplete'],
  ['without the tick', { consent: false, consentText: drop.consentText }, 'invalidRequest'],
  ['that are others by now', { consent: true, consentText: 'As you like.' }, 'conflict'],
  ['where there were none when the page was loaded', { consent: false, consentText: '' }, 'conflict'],
])('consent to words %s', async (_words, given, code) => {
  expect(await judge(given)).toBe(code);
});

it('asks for no consent where the words are gone', async () => {
  expect(await judge({ consentText: drop.consentText }, { consentText: '' })).toBe('uploadIncomplete');
});
