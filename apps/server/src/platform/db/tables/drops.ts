import type {
  Answers,
  ChallengeKind,
  Checksum,
  ConnectionId,
  Drop,
  DropAccessKind,
  DropId,
  FormField,
  DeskState,
  OrderFileId,
  OrderId,
  OrderNoteId,
  OrderState,
  ProviderId,
  TeamId,
  TransferId,
  UploadGrantId,
  UserId,
} from '@windlass/contract';
import type { ColumnType, Generated } from 'kysely';

/** PostgreSQL's bigint comes as text. */
type Count = ColumnType<string, number, number>;
type OptionalCount = ColumnType<string | null, number | null, number | null>;
/** A date without a time, e.g. `2026-11-23`; written as text, so that no time zone of a client moves it. */
type Day = ColumnType<Date, string, string>;
/** jsonb: written as JSON text, since pg makes PostgreSQL arrays of JavaScript's. */
type Json<T> = ColumnType<T, string, string>;
type DefaultedJson<T> = ColumnType<T, string | undefined, string>;

interface DropsTable {
  id: DropId;
  teamId: TeamId;
  connectionId: ConnectionId;
  /** Unique on the server: the page is /d/<name>. */
  name: string;
  title: string;
  text: string;
  /** A `data:` URL. */
  logo: string | null;
  color: string;
  /** The version that new orders are filled in with. */
  formVersion: number;
  maxFiles: number;
  maxFileBytes: Count;
  maxOrderBytes: Count;
  types: string[] | null;
  paused: boolean;
  closesAt: Date | null;
  lateHours: number;
  access: DropAccessKind;
  /** argon2id, as platform/crypto/password.ts writes it. */
  passwordHash: string | null;
  consentText: string;
  retentionDays: number | null;
  customerEmail: Drop['customerEmail'];
  customerPhone: Drop['customerPhone'];
  notifyEmails: string[];
  challenge: ChallengeKind;
  hcaptchaSiteKey: string | null;
  /** Envelope of platform/crypto/vault.ts; field `hcaptchaSecret`. */
  hcaptchaSecretSealed: string | null;
  maxOrdersPerDay: number | null;
  maxBytesPerDay: OptionalCount;
  maxTotalBytes: OptionalCount;
  /** Null: any site may show the page in a frame. */
  embedOrigins: string[] | null;
  /** Envelope of platform/crypto/vault.ts; field `pageKey`. See features/drops/page-keys.ts. */
  pageKeySealed: string;
  /** Made by the first run, to look at. Column of 0015-demo-orders.ts. */
  demo: Generated<boolean>;
  retentionCheck: ColumnType<Drop['retention'] | null, string | null, string | null>;
  createdAt: Date;
  updatedAt: Date;
}

interface DropFormsTable {
  teamId: TeamId;
  dropId: DropId;
  version: number;
  fields: Json<FormField[]>;
  createdAt: Date;
}

/** What came in through a page on a day, UTC; bytes of drafts that were thrown away included. */
interface DropDaysTable {
  teamId: TeamId;
  dropId: DropId;
  day: Day;
  ordersStarted: Generated<number>;
  ordersReceived: Generated<number>;
  files: ColumnType<string, number | undefined, number>;
  bytes: ColumnType<string, number | undefined, number>;
}

interface OrdersTable {
  id: OrderId;
  teamId: TeamId;
  dropId: DropId;
  /** Where its files are; null once that connection is deleted. */
  connectionId: ConnectionId | null;
  /** Unique in the team, e.g. `26-00042`. */
  number: string;
  /** `orders/26-00042/`, below the connection's own prefix. A repeated order has one of its own, with its manifest alone. */
  prefix: string;
  formVersion: number;
  state: OrderState;
  late: Generated<boolean>;
  customerName: string | null;
  customerEmail: string | null;
  customerPhone: string | null;
  answers: DefaultedJson<Answers>;
  /** Of a draft: options of its files by transfer id, also of those that are still coming. */
  draftOptions: DefaultedJson<Record<TransferId, Answers>>;
  /** Null for a repeated order, which nobody uploads to. */
  grantId: UploadGrantId | null;
  tokenHash: string | null;
  statusTokenHash: string;
  /** Files and bytes of the order as it was sent. */
  files: Generated<number>;
  bytes: ColumnType<string, number | undefined, number>;
  /** What the customer has agreed to, word for word. */
  consentText: string | null;
  consentedAt: Date | null;
  manifest: Generated<'pending' | 'written' | 'failed'>;
  /** Why it could not be written, in plain words. */
  manifestTrouble: string | null;
  cloneOf: OrderId | null;
  search: Generated<string>;
  createdAt: Date;
  updatedAt: Date;
  /** Set exactly for drafts. */
  expiresAt: Date | null;
  /** Set exactly for what is no draft. */
  submittedAt: Date | null;
  filesUntil: Date | null;
  filesDeletedAt: Date | null;
  retentionHow: 'deleted' | 'lifecycle' | null;
  retentionTriedAt: Date | null;
  retentionTrouble: string | null;
}

interface OrderFilesTable {
  id: OrderFileId;
  teamId: TeamId;
  orderId: OrderId;
  /** A repeated order has rows of its own with the transfers of the first. */
  transferId: TransferId;
  /** Its place in the order as it was sent, from 0; of a draft, 0. */
  position: number;
  name: string;
  /** Below the connection's prefix: what `Bucket` takes. */
  key: string;
  /** The whole key, the connection's prefix (of the time) included: what is shown. */
  fullKey: string;
  size: Count;
  type: string;
  etag: string | null;
  checksum: ColumnType<Checksum | null, string | null, string | null>;
  options: DefaultedJson<Answers>;
  receivedAt: Date;
  /** In the bucket, but not in the order: no list shows it, retention deletes it. */
  leftOutAt: Date | null;
  deletedAt: Date | null;
}

interface OrderEventsTable {
  id: ColumnType<string, never, never>;
  teamId: TeamId;
  orderId: OrderId;
  state: OrderState;
  /** Null: the customer, or the program. */
  madeBy: UserId | null;
  at: Date;
}

interface OrderNotesTable {
  id: OrderNoteId;
  teamId: TeamId;
  orderId: OrderId;
  text: string;
  madeBy: UserId | null;
  at: Date;
}

interface OrderMailsTable {
  id: ColumnType<string, never, never>;
  teamId: TeamId;
  orderId: OrderId;
  kind: string;
  aboutState: OrderState | null;
  recipient: string;
  state: 'pending' | 'sent' | 'failed';
  attempts: Generated<number>;
  trouble: string | null;
  createdAt: Date;
  sentAt: Date | null;
}

interface OrderCountersTable {
  teamId: TeamId;
  year: number;
  last: number;
}

interface OrderStateLabelsTable {
  teamId: TeamId;
  state: DeskState;
  label: string;
}

interface StoragePricesTable {
  teamId: TeamId;
  provider: ProviderId;
  currency: string;
  storagePerGbMonth: number;
  downloadPerGb: number;
  writesPerThousand: number;
  readsPerThousand: number;
  setAt: Date;
}

interface OrderDownloadsTable {
  teamId: TeamId;
  dropId: DropId;
  provider: ProviderId;
  day: Day;
  files: ColumnType<string, number | undefined, number>;
  bytes: ColumnType<string, number | undefined, number>;
}

interface UsedChallengesTable {
  /** SHA-256 of the salt. */
  hash: string;
  dropId: DropId;
  expiresAt: Date;
}

/** The tables of 0013-drops.ts, as the code names them (camelCase; the columns are snake_case in SQL). */
export interface DropTables {
  drops: DropsTable;
  dropForms: DropFormsTable;
  dropDays: DropDaysTable;
  orders: OrdersTable;
  orderFiles: OrderFilesTable;
  orderEvents: OrderEventsTable;
  orderNotes: OrderNotesTable;
  orderMails: OrderMailsTable;
  orderCounters: OrderCountersTable;
  orderStateLabels: OrderStateLabelsTable;
  storagePrices: StoragePricesTable;
  orderDownloads: OrderDownloadsTable;
  usedChallenges: UsedChallengesTable;
}
