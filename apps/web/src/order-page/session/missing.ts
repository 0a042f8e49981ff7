import type { Answers, OrderPage } from '@windlass/contract';
import type { CustomerInput } from '../draft/draft.ts';
import { totalsOf, type OrderFiles } from '../files/order-file.ts';
import { answerProblem, isEmail } from '../form/answer-problem.ts';
import { words } from '../words.ts';

/** Ids of what can be jumped to. */
export const targets = {
  customer: 'customer-title',
  name: 'customer-name',
  email: 'customer-email',
  phone: 'customer-phone',
  files: 'files',
  needed: 'files-needed',
  failed: 'files-failed',
  consent: 'consent',
  answer: (fieldId: string) => `answer-${fieldId}`,
  option: (fieldId: string) => `option-${fieldId}`,
} as const;

export interface Missing {
  /** Id of the element to jump to. */
  readonly target: string;
  readonly text: string;
}

export interface ToSend {
  readonly page: Pick<OrderPage, 'fields' | 'customerEmail' | 'customerPhone' | 'consentText'>;
  readonly customer: CustomerInput;
  readonly answers: Answers;
  readonly consent: boolean;
  readonly files: OrderFiles;
}

const missingOfCustomer = ({ page, customer }: ToSend): Missing[] => {
  const missing: Missing[] = [];
  if (customer.name.trim() === '') missing.push({ target: targets.name, text: words.missing.name });
  const email = page.customerEmail === 'off' ? '' : customer.email.trim();
  if (email === '' && page.customerEmail === 'required') {
    missing.push({ target: targets.email, text: words.missing.email });
  }
  if (email !== '' && !isEmail(email))
    missing.push({ target: targets.email, text: words.missing.emailWrong });
  if (page.customerPhone === 'required' && customer.phone.trim() === '') {
    missing.push({ target: targets.phone, text: words.missing.phone });
  }
  return missing;
};

const missingOfFiles = ({ page, files }: ToSend): Missing[] => {
  if (files.size === 0) return [{ target: targets.files, text: words.missing.files }];
  const { byState } = totalsOf(files);
  const missing: Missing[] = [];
  if (byState.needed > 0)
    missing.push({ target: targets.needed, text: words.missing.needed(byState.needed) });
  if (byState.failed > 0)
    missing.push({ target: targets.failed, text: words.missing.failed(byState.failed) });
  for (const field of page.fields.filter(({ scope }) => scope === 'file')) {
    const wrong = [...files.values()].filter((file) => answerProblem(field, file.options[field.id]) !== null);
    if (wrong.length > 0) {
      missing.push({
        target: targets.option(field.id),
        text: words.missing.fileOption(field.label, wrong.length),
      });
    }
  }
  return missing;
};

/** What keeps an order from being sent, in the order of the page; empty where nothing does. Files on their way do not. */
export const missingOf = (order: ToSend): Missing[] => [
  ...missingOfCustomer(order),
  ...missingOfFiles(order),
  ...order.page.fields
    .filter(({ scope }) => scope === 'order')
    .flatMap((field) => {
      const problem = answerProblem(field, order.answers[field.id]);
      return problem === null ? [] : [{ target: targets.answer(field.id), text: field.label }];
    }),
  ...(order.page.consentText !== '' && !order.consent
    ? [{ target: targets.consent, text: words.missing.consent }]
    : []),
];
