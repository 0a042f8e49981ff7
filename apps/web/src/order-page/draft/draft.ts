import type { Answers } from '@windlass/contract';
import type { StartedOrder } from '../api/order-api.ts';

/** What was typed; what is sent of it is another matter. */
export interface CustomerInput {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
}

export interface DraftFile {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly lastModified: number;
  readonly type: string;
  readonly transferId: string | null;
  readonly received: boolean;
  readonly options: Answers;
}

/** An order that has not been sent, as this browser keeps it. */
export interface Draft {
  readonly order: StartedOrder | null;
  readonly customer: CustomerInput;
  readonly answers: Answers;
  /** The words whose box was ticked: the lab may have others when the page is loaded again. */
  readonly consent: string | null;
  /** Options that the next file begins with. */
  readonly forNew: Answers;
  readonly files: readonly DraftFile[];
  /** Transfers whose files were removed: the server may know them still. */
  readonly removed: readonly string[];
}

export const emptyCustomer: CustomerInput = { name: '', email: '', phone: '' };

type Raw = Readonly<Record<string, unknown>>;

const isRaw = (value: unknown): value is Raw =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const count = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const isText = (value: unknown): value is string => typeof value === 'string';

const readAnswers = (value: unknown): Answers =>
  isRaw(value)
    ? Object.fromEntries(
        Object.entries(value).flatMap(([id, answer]): [string, Answers[string]][] => {
          if (typeof answer === 'string' || (typeof answer === 'number' && Number.isFinite(answer))) {
            return [[id, answer]];
          }
          return Array.isArray(answer) && answer.every(isText) ? [[id, answer]] : [];
        }),
      )
    : {};

const readOrder = (value: unknown): StartedOrder | null => {
  if (!isRaw(value)) return null;
  const order = {
    number: text(value['number']),
    orderToken: text(value['orderToken']),
    uploadToken: text(value['uploadToken']),
    statusUrl: text(value['statusUrl']),
    expiresAt: text(value['expiresAt']),
  };
  return Object.values(order).includes('') ? null : order;
};

const readFile = (value: unknown): DraftFile[] => {
  if (!isRaw(value) || !isText(value['id']) || !isText(value['name'])) return [];
  return [
    {
      id: value['id'],
      name: value['name'],
      size: count(value['size']),
      lastModified: count(value['lastModified']),
      type: text(value['type']),
      transferId: isText(value['transferId']) ? value['transferId'] : null,
      received: value['received'] === true,
      options: readAnswers(value['options']),
    },
  ];
};

/**
 * Reads what an earlier page has kept, which may be of another version or half written: what does not fit is left out.
 *
 * @returns null where there is nothing to go on with
 */
export const readDraft = (json: string | null): Draft | null => {
  if (json === null) return null;
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    // Not ours, or cut off.
    return null;
  }
  if (!isRaw(value) || value['version'] !== 1) return null;
  const customer = isRaw(value['customer']) ? value['customer'] : {};
  return {
    order: readOrder(value['order']),
    customer: {
      name: text(customer['name']),
      email: text(customer['email']),
      phone: text(customer['phone']),
    },
    answers: readAnswers(value['answers']),
    consent: isText(value['consent']) ? value['consent'] : null,
    forNew: readAnswers(value['forNew']),
    files: list(value['files']).flatMap(readFile),
    removed: list(value['removed']).filter(isText),
  };
};

export const writeDraft = (draft: Draft): string => JSON.stringify({ version: 1, ...draft });
