import type { OrderPage } from '@windlass/contract';
import type { DraftToSave, OrderToSubmit } from '../api/order-api.ts';
import type { CustomerInput } from '../draft/draft.ts';
import type { OrderFiles } from '../files/order-file.ts';
import type { SessionState } from './session-state.ts';

type Asked = Pick<OrderPage, 'customerEmail' | 'customerPhone'>;

const given = (text: string): string | null => (text.trim() === '' ? null : text.trim());

const customerOf = (customer: CustomerInput, asked: Asked) => ({
  email: asked.customerEmail === 'off' ? null : given(customer.email),
  phone: asked.customerPhone === 'off' ? null : given(customer.phone),
});

/** Files that the server knows, with their options. */
const filesOf = (files: OrderFiles, received: boolean): OrderToSubmit['files'] =>
  [...files.values()].flatMap(({ transferId, state, options }) =>
    transferId !== null && (!received || state === 'received') ? [{ transferId, options }] : [],
  );

/** What is kept on the server while a customer is at it, as far as it was typed. */
export const draftToSave = ({ customer, answers, files }: SessionState): DraftToSave => ({
  customer: { name: given(customer.name), email: given(customer.email), phone: given(customer.phone) },
  answers,
  files: filesOf(files, false) ?? [],
});

/** @param removed transfers whose files are not part of the order any more */
export const orderToSubmit = (state: SessionState, removed: readonly string[]): OrderToSubmit => ({
  customer: { name: state.customer.name.trim(), ...customerOf(state.customer, state.page) },
  answers: state.answers,
  files: filesOf(state.files, true) ?? [],
  removed: [...removed],
  consent: state.consent,
  consentText: state.page.consentText,
});
