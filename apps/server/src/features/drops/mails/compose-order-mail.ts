import type { Checksum } from '@windlass/contract';
import type { OpenedOrder } from '../pages/open-order.ts';
import type { OrderFileRow } from '../ports.ts';
import { describeBytes } from './describe-bytes.ts';
import { letterAsHtml, letterAsText, oneLine, type Letter } from './letter.ts';
import { showAnswers } from './show-answers.ts';

/**
 * `received`: to the customer, with what was received. `notice`: of the same, to the lab. `stateChanged` and `filesGoSoon`:
 * to the customer.
 */
export const orderMailKinds = ['received', 'notice', 'stateChanged', 'filesGoSoon'] as const;
export type OrderMailKind = (typeof orderMailKinds)[number];

/** What mails of an order are made of. */
export interface OrderMailFacts extends OpenedOrder {
  /** Those of the order, in its order. */
  files: readonly OrderFileRow[];
  statusUrl: string;
  deskUrl: string;
  /** What the lab calls the state that the mail tells of. */
  stateLabel: string;
}

/** A mail as it is handed to the mailer, without whom it goes to. */
export interface ComposedMail {
  subject: string;
  text: string;
  html: string;
}

/** A mail with more rows is cut off by the programs that people read it in; the status page has them all. */
const mostRows = 200;

const hashNames: Readonly<Record<Checksum['algorithm'], string>> = {
  sha256: 'SHA-256',
  crc64nvme: 'CRC-64/NVME',
};

const filesOf = ({ files, fields }: OrderMailFacts): Letter['files'] => ({
  rows: files.slice(0, mostRows).map(({ name, size, checksum, options }) => ({
    name,
    size: describeBytes(Number(size)),
    hash: checksum === null ? '' : `${hashNames[checksum.algorithm]} ${checksum.value}`,
    options: showAnswers(fields, 'file', options)
      .map(([label, value]) => `${label}: ${value}`)
      .join(', '),
  })),
  more: Math.max(0, files.length - mostRows),
});

/** A day, as it is where nobody knows the reader's clock. */
const dayOf = (at: Date): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(at);

const keptUntil = ({ order: { filesUntil } }: OrderMailFacts): string[] =>
  filesUntil === null ? [] : [`Your files are kept until ${dayOf(filesUntil)}, and deleted then.`];

const totals = ({ order, files }: OrderMailFacts): [string, string][] => [
  ['Order', order.number],
  ['Files', `${files.length}, ${describeBytes(Number(order.bytes))} together`],
];

const shared = ({ drop, statusUrl, order }: OrderMailFacts) => ({
  heading: drop.title,
  color: drop.color,
  greeting: `Hello ${oneLine(order.customerName ?? '')},`,
  link: { label: 'See how your order stands', url: statusUrl },
  closing: 'Whoever has this link sees how the order stands: keep it to yourself.',
});

const letters: Readonly<Record<OrderMailKind, (facts: OrderMailFacts) => Letter>> = {
  received: (facts) => ({
    ...shared(facts),
    subject: `${facts.drop.title}: order ${facts.order.number} received`,
    paragraphs: [
      `Thank you. Your order ${facts.order.number} and all of its files have arrived.`,
      ...(facts.order.late ? ['It came after the deadline.'] : []),
      ...keptUntil(facts),
    ],
    facts: [...totals(facts), ...showAnswers(facts.fields, 'order', facts.order.answers)],
    files: filesOf(facts),
  }),
  notice: (facts) => ({
    ...shared(facts),
    subject: `${facts.drop.title}: new order ${facts.order.number} from ${facts.order.customerName ?? ''}`,
    greeting: 'Hello,',
    paragraphs: [`A new order has come in${facts.order.late ? ', after the deadline' : ''}.`],
    facts: [
      ...totals(facts),
      ['From', facts.order.customerName ?? ''],
      ...optional('E-mail', facts.order.customerEmail),
      ...optional('Phone', facts.order.customerPhone),
      ...showAnswers(facts.fields, 'order', facts.order.answers),
    ],
    files: filesOf(facts),
    link: { label: 'Open it at the order desk', url: facts.deskUrl },
    closing: 'You get this since your address is among those that this order page tells of new orders.',
  }),
  stateChanged: (facts) => ({
    ...shared(facts),
    subject: `${facts.drop.title}: order ${facts.order.number} – ${facts.stateLabel}`,
    paragraphs: [`Your order ${facts.order.number} is now: ${facts.stateLabel}.`],
    facts: totals(facts),
    files: null,
  }),
  filesGoSoon: (facts) => ({
    ...shared(facts),
    subject: `${facts.drop.title}: the files of order ${facts.order.number} are deleted soon`,
    paragraphs: [
      `The files of your order ${facts.order.number} are deleted${
        facts.order.filesUntil === null ? ' soon' : ` on ${dayOf(facts.order.filesUntil)}`
      }. The order itself stays on record. Keep your own copies if you need them.`,
    ],
    facts: totals(facts),
    files: null,
  }),
};

const optional = (name: string, value: string | null): [string, string][] =>
  value === null ? [] : [[name, value]];

/**
 * The text of a mail, plain and as HTML. What people wrote is never read as markup, and never as more than one line of the
 * head.
 *
 * @example composeOrderMail('stateChanged', facts).subject // 'Order prints: order 26-00042 – Ready'
 */
export const composeOrderMail = (kind: OrderMailKind, facts: OrderMailFacts): ComposedMail => {
  const made = letters[kind](facts);
  const letter = { ...made, subject: oneLine(made.subject) };
  return { subject: letter.subject, text: letterAsText(letter), html: letterAsHtml(letter) };
};
