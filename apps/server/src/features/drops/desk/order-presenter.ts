import {
  customer as customerSchema,
  type Customer,
  type Order,
  type OrderFile,
  type OrderMail,
  type OrderSummary,
} from '@windlass/contract';
import { nextStates } from '../order-states.ts';
import type { OpenedOrder } from '../pages/open-order.ts';
import type { PictureLinks } from '../pictures/picture-links.ts';
import type { OrderFileRow } from '../ports.ts';
import type { NoteRow, SummaryRow } from './desk-store.ts';
import { filesAccessOf, type FileGround } from './file-access.ts';
import { folderOf } from './folder-of.ts';

interface Ground extends FileGround {
  bucket: string;
  prefix: string;
  endpoint: string;
  region: string;
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** A draft has what was typed so far: an address that is none yet is left away. */
const presentCustomer = (
  row: Pick<SummaryRow, 'customerName' | 'customerEmail' | 'customerPhone'>,
): Customer => {
  const { name, email, phone } = customerSchema.shape;
  const typed = name.safeParse(row.customerName);
  return {
    name: typed.success ? typed.data : 'Not named yet',
    email: email.safeParse(row.customerEmail).data ?? null,
    phone: phone.safeParse(row.customerPhone).data ?? null,
  };
};

export const presentSummary = (row: SummaryRow): OrderSummary => ({
  id: row.id,
  number: row.number,
  dropId: row.dropId,
  dropTitle: row.dropTitle,
  demo: row.demo,
  customer: presentCustomer(row),
  state: row.state,
  late: row.late,
  files: row.files,
  bytes: Number(row.bytes),
  createdAt: row.createdAt.toISOString(),
  submittedAt: iso(row.submittedAt),
  filesUntil: iso(row.filesUntil),
  filesDeletedAt: iso(row.filesDeletedAt),
});

const presentFile = (file: OrderFileRow, pictures: PictureLinks): OrderFile => ({
  id: file.id,
  name: file.name,
  key: file.fullKey,
  size: Number(file.size),
  type: file.type,
  checksum: file.checksum,
  options: file.options,
  deletedAt: iso(file.deletedAt),
  ...pictures,
});

export const presentNote = ({ id, text, by, at }: NoteRow): Order['notes'][number] => ({
  id,
  text,
  by,
  at: at.toISOString(),
});

/** What the desk knows of one order. */
export interface ShownOrder extends OpenedOrder {
  files: readonly OrderFileRow[];
  notes: readonly NoteRow[];
  events: readonly { state: Order['state']; at: Date; by: string | null }[];
  mails: readonly (Omit<OrderMail, 'to' | 'at'> & { recipient: string; at: Date })[];
  /** Null once the connection was deleted. */
  ground: Ground | null;
  picturesOf(file: OrderFileRow): PictureLinks;
  statusUrl: string;
}

export const presentOrder = (shown: ShownOrder): Order => {
  const { order, drop, fields, files, ground } = shown;
  const [first] = files;
  return {
    ...presentSummary({ ...order, dropTitle: drop.title, demo: drop.demo }),
    answers: order.answers,
    form: { version: order.formVersion, fields },
    items: files.map((file) => presentFile(file, shown.picturesOf(file))),
    notes: shown.notes.map(presentNote),
    events: shown.events.map(({ state, by, at }) => ({ state, by, at: at.toISOString() })),
    access: filesAccessOf(order, ground),
    place: {
      bucket: ground?.bucket ?? '',
      prefix: first === undefined ? `${ground?.prefix ?? ''}${order.prefix}` : folderOf(first),
      endpoint: ground?.endpoint ?? '',
      region: ground?.region ?? '',
    },
    manifest: order.manifest,
    statusUrl: shown.statusUrl,
    cloneOf: order.cloneOf,
    next: nextStates(order.state),
    mails: shown.mails.map(({ recipient, at, ...mail }) => ({
      ...mail,
      to: recipient,
      at: at.toISOString(),
    })),
  };
};
