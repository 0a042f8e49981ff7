import type { OrderReceipt } from '@windlass/contract';
import { formatBytes } from '../../lib/format.ts';
import { describeAnswer, describeOptions } from '../files/file-options.ts';
import { words } from '../words.ts';

/** A receipt as plain text, to be copied into a mail or a note. */
export const receiptText = (receipt: OrderReceipt): string => {
  const { number, title, submittedAt, customer, files, bytes, fields, answers, statusUrl } = receipt;
  const asked = fields.filter(({ scope }) => scope === 'order');
  const ofFile = fields.filter(({ scope }) => scope === 'file');
  return [
    `${title}: ${words.order.number(number)}`,
    words.receipt.sentAt(submittedAt),
    [customer.name, customer.email, customer.phone].filter((part) => part !== null).join(', '),
    ...asked.flatMap((field) => {
      const answer = describeAnswer(field, answers[field.id]);
      return answer === '' ? [] : [`${field.label}: ${answer}`];
    }),
    words.receipt.files(files.length, bytes),
    ...files.map(({ name, size, checksum, options }) =>
      [
        name,
        formatBytes(size),
        describeOptions(ofFile, options),
        checksum === null ? '' : `${words.receipt.checksum(checksum.algorithm)} ${checksum.value}`,
      ]
        .filter((part) => part !== '')
        .join(' | '),
    ),
    statusUrl,
    '',
  ].join('\n');
};
