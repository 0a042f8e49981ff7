import type { Answers, Checksum, FormField } from '@windlass/contract';
import type { OpenedOrder } from './open-order.ts';
import type { OrderFileRow } from '../ports.ts';

/** The manifest's own version: it goes up when a reader of the older one would misread it. */
const schemaVersion = 1;

/** What is written as `manifest.json` beside the files of an order. Times are RFC 3339, UTC; sizes are bytes. */
export interface OrderManifest {
  schemaVersion: typeof schemaVersion;
  orderId: string;
  number: string;
  /** The number of the order that this one repeats; its files lie with that one. */
  repeats: string | null;
  drop: { id: string; name: string; title: string };
  customer: { name: string; email: string | null; phone: string | null };
  /** With the labels, so that answers can be read without Windlass. */
  form: { version: number; fields: FormField[] };
  answers: Answers;
  files: {
    /** The whole key in the bucket. */
    key: string;
    name: string;
    size: number;
    type: string;
    etag: string | null;
    checksum: Checksum | null;
    options: Answers;
    receivedAt: string;
  }[];
  totals: { files: number; bytes: number };
  late: boolean;
  consent: { text: string; at: string } | null;
  createdAt: string;
  submittedAt: string;
  /** When the files go; null: they stay. */
  filesUntil: string | null;
}

/** The order as the lab's own record: everything that the desk shows, in a file that needs nobody to be read. */
export const manifestOf = (
  { order, drop, fields }: OpenedOrder,
  files: readonly OrderFileRow[],
  repeats: string | null,
): OrderManifest => ({
  schemaVersion,
  orderId: order.id,
  number: order.number,
  repeats,
  drop: { id: drop.id, name: drop.name, title: drop.title },
  customer: { name: order.customerName ?? '', email: order.customerEmail, phone: order.customerPhone },
  form: { version: order.formVersion, fields },
  answers: order.answers,
  files: files.map((file) => ({
    key: file.fullKey,
    name: file.name,
    size: Number(file.size),
    type: file.type,
    etag: file.etag,
    checksum: file.checksum,
    options: file.options,
    receivedAt: file.receivedAt.toISOString(),
  })),
  totals: { files: order.files, bytes: Number(order.bytes) },
  late: order.late,
  consent:
    order.consentText === null || order.consentedAt === null
      ? null
      : { text: order.consentText, at: order.consentedAt.toISOString() },
  createdAt: order.createdAt.toISOString(),
  submittedAt: (order.submittedAt ?? order.updatedAt).toISOString(),
  filesUntil: order.filesUntil?.toISOString() ?? null,
});
