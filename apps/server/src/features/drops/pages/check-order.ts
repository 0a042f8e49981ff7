import type {
  Answers,
  Customer,
  FormField,
  OperationInput,
  submitOrder,
  TransferId,
} from '@windlass/contract';
import { AppError } from '../../../kernel/app-error.ts';
import { checkAnswers } from '../forms/check-answers.ts';
import type { DropRow, OrderFileRow } from '../ports.ts';

type Given = OperationInput<typeof submitOrder>['body'];
type Fault = { path: string; message: string };

/** What a person can mend at one go; an order of 5,000 files may have as many faults as questions. */
const mostFaults = 100;

/** What of its page an order is held against. */
type Asked = Pick<
  DropRow,
  'customerEmail' | 'customerPhone' | 'consentText' | 'maxFiles' | 'maxFileBytes' | 'maxOrderBytes'
>;

/** An order that is fit to be sent. */
export interface CheckedOrder {
  customer: Customer;
  answers: Answers;
  /** In the customer's order, with what the ledger knows of each. */
  files: { file: OrderFileRow; options: Answers }[];
  bytes: number;
}

const checkContact = (drop: Asked, { customer }: Given): { customer: Customer; faults: Fault[] } => {
  const wanted = { email: drop.customerEmail, phone: drop.customerPhone } as const;
  const faults: Fault[] = [];
  const kept = { ...customer };
  for (const name of ['email', 'phone'] as const) {
    // What is not asked for is not kept.
    if (wanted[name] === 'off' || kept[name] === '') kept[name] = null;
    if (wanted[name] === 'required' && kept[name] === null)
      faults.push({ path: `customer.${name}`, message: 'is required' });
  }
  return { customer: kept, faults };
};

/** Nobody has agreed to words that were not there when the box was ticked. */
const refuseOtherWords = ({ consentText }: Asked, given: Given): void => {
  if (consentText === '' || given.consentText === undefined || given.consentText === consentText) return;
  throw new AppError(
    'conflict',
    'The text to be agreed to was changed since it was shown. Read it again, and tick its box.',
  );
};

/**
 * A sender that says what was removed knows of every file, and one that it names nowhere is another tab's: the order is not
 * taken without it behind its customer's back.
 */
const refuseUnnamed = (received: ReadonlyMap<TransferId, OrderFileRow>, { files, removed }: Given): void => {
  if (removed === undefined) return;
  const named = new Set([...files.map(({ transferId }) => transferId), ...removed]);
  const [first, ...others] = [...received.values()].filter(({ transferId }) => !named.has(transferId));
  if (first === undefined) return;
  const what = others.length === 0 ? '' : ` and ${others.length} more`;
  throw new AppError(
    'conflict',
    `“${first.name}”${what} came with this order from elsewhere, such as another tab. Look at the files, then send it again.`,
  );
};

/** Bounds of one order, held again: the page may have been edited since it was begun. */
const refuseTooMuch = (drop: Asked, files: CheckedOrder['files'], bytes: number): void => {
  if (files.length > drop.maxFiles)
    throw new AppError(
      'quotaExceeded',
      `An order has at most ${drop.maxFiles} files; this one has ${files.length}.`,
    );
  const large = files.find(({ file }) => Number(file.size) > Number(drop.maxFileBytes));
  if (large !== undefined)
    throw new AppError('fileTooLarge', `“${large.file.name}” is larger than ${drop.maxFileBytes} bytes.`);
  if (bytes > Number(drop.maxOrderBytes))
    throw new AppError(
      'quotaExceeded',
      `An order has at most ${drop.maxOrderBytes} bytes; this one has ${bytes}.`,
    );
};

/**
 * Holds what a customer sends against the form that it was filled in with, the page, and what has been received.
 *
 * @throws AppError conflict where the words of the consent were changed, or a file was received that is neither in the order nor
 * removed; invalidRequest with the places that are wrong, up to 100;
 * uploadIncomplete for a file that is not in the bucket; quotaExceeded, fileTooLarge
 */
export const checkOrder = (
  { drop, fields }: { drop: Asked; fields: readonly FormField[] },
  received: ReadonlyMap<TransferId, OrderFileRow>,
  given: Given,
): CheckedOrder => {
  refuseOtherWords(drop, given);
  const { customer, faults } = checkContact(drop, given);
  const ofOrder = checkAnswers(fields, 'order', given.answers, 'answers');
  faults.push(...ofOrder.errors);
  if (drop.consentText !== '' && !given.consent) faults.push({ path: 'consent', message: 'is required' });
  if (given.files.length === 0) faults.push({ path: 'files', message: 'has no file: add at least one' });
  const ids = new Set(given.files.map(({ transferId }) => transferId));
  if (ids.size !== given.files.length) faults.push({ path: 'files', message: 'names a file twice' });

  const missing: number[] = [];
  const files = given.files.flatMap(({ transferId, options }, at) => {
    const checked = checkAnswers(fields, 'file', options, `files.${at}.options`);
    if (faults.length < mostFaults) faults.push(...checked.errors);
    const file = received.get(transferId);
    if (file !== undefined) return [{ file, options: checked.answers }];
    missing.push(at);
    return [];
  });
  if (faults.length > 0)
    throw new AppError('invalidRequest', 'The order is not complete yet.', {
      errors: faults.slice(0, mostFaults),
    });
  if (missing.length > 0) {
    const [count, verb] = missing.length === 1 ? ['One file', 'has'] : [`${missing.length} files`, 'have'];
    throw new AppError('uploadIncomplete', `${count} ${verb} not been received yet.`, {
      errors: missing
        .slice(0, mostFaults)
        .map((at) => ({ path: `files.${at}`, message: 'has not been received' })),
    });
  }
  refuseUnnamed(received, given);
  const bytes = files.reduce((sum, { file }) => sum + Number(file.size), 0);
  refuseTooMuch(drop, files, bytes);
  return { customer, answers: ofOrder.answers, files, bytes };
};
