import {
  dropSettings,
  type ChallengeKind,
  type Drop,
  type DropAccessKind,
  type FormField,
} from '@windlass/contract';
import type { useForm } from '@mantine/form';
import { fromLocalTime, toLocalTime } from '../../../lib/local-time.ts';
import { draftFields, fieldsOf, type DraftField } from './form-draft.ts';
import { formTemplates, type FormTemplateName } from './form-templates.ts';

/** Whether something about the customer is asked. */
export type Asked = 'off' | 'optional' | 'required';

/** An order page as its form holds it: empty texts for what is not set, sizes in bytes (null: emptied). */
export interface DropValues {
  name: string;
  connectionId: string;
  title: string;
  text: string;
  logo: string | null;
  color: string;
  fields: DraftField[];
  maxFiles: number | string;
  maxFileBytes: number | null;
  maxOrderBytes: number | null;
  anyType: boolean;
  types: string[];
  /** As `<input type="datetime-local">` holds it, in this browser's time zone. */
  closesAt: string;
  lateHours: number | string;
  access: DropAccessKind;
  /** Write-only; empty: as it is. */
  password: string;
  consentText: string;
  retentionDays: number | string;
  customerEmail: Asked;
  customerPhone: Asked;
  notifyEmails: string[];
  challenge: ChallengeKind;
  hcaptchaSiteKey: string;
  /** Write-only; empty: as it is. */
  hcaptchaSecret: string;
  maxOrdersPerDay: number | string;
  maxBytesPerDay: number | null;
  maxTotalBytes: number | null;
  anyEmbedder: boolean;
  embedOrigins: string[];
}

/** What the fields need of a form; how it validates is its owner's business. */
export type DropForm = Pick<
  ReturnType<typeof useForm<DropValues>>,
  'values' | 'errors' | 'getInputProps' | 'setFieldValue'
>;

type Settings = Omit<
  Drop,
  | 'id'
  | 'connectionName'
  | 'url'
  | 'phase'
  | 'formVersion'
  | 'retention'
  | 'orders'
  | 'demo'
  | `has${string}`
  | `${'created' | 'updated'}At`
>;

const valuesFrom = (settings: Settings): DropValues => ({
  name: settings.name,
  connectionId: settings.connectionId,
  title: settings.title,
  text: settings.text,
  logo: settings.logo,
  color: settings.color,
  fields: draftFields(settings.fields),
  maxFiles: settings.maxFiles,
  maxFileBytes: settings.maxFileBytes,
  maxOrderBytes: settings.maxOrderBytes,
  anyType: settings.types === null,
  types: [...(settings.types ?? [])],
  closesAt:
    settings.closesAt === null ? '' : toLocalTime(String(Math.floor(Date.parse(settings.closesAt) / 1000))),
  lateHours: settings.lateHours,
  access: settings.access,
  password: '',
  consentText: settings.consentText,
  retentionDays: settings.retentionDays ?? '',
  customerEmail: settings.customerEmail,
  customerPhone: settings.customerPhone,
  notifyEmails: [...settings.notifyEmails],
  challenge: settings.challenge,
  hcaptchaSiteKey: settings.hcaptchaSiteKey ?? '',
  hcaptchaSecret: '',
  maxOrdersPerDay: settings.maxOrdersPerDay ?? '',
  maxBytesPerDay: settings.maxBytesPerDay,
  maxTotalBytes: settings.maxTotalBytes,
  anyEmbedder: settings.embedOrigins === null,
  embedOrigins: [...(settings.embedOrigins ?? [])],
});

/** Any id of the right shape: a page that is being made has none, and the schema wants one. */
const noConnection = 'con_00000000000000000000000000';
const GB = 1_000_000_000;

/** What a page begins with: the contract's own settings, sizes in round numbers, a template's questions. */
export const newDrop = (template: FormTemplateName, connectionId: string): DropValues => {
  const { types, fields } = formTemplates[template];
  const settings = dropSettings.parse({ name: 'new', title: 'new', connectionId: noConnection });
  return {
    ...valuesFrom(settings),
    name: '',
    title: '',
    connectionId,
    maxFileBytes: 2 * GB,
    maxOrderBytes: 20 * GB,
    anyType: types === null,
    types: [...(types ?? [])],
    fields: draftFields(fields as readonly FormField[]),
  };
};

export const valuesOf = (drop: Drop): DropValues => valuesFrom(drop);

// An emptied field holds ''; NaN then fails the schema, which says what is allowed.
const number = (value: number | string): number => (typeof value === 'number' ? value : Number.NaN);
const numberOrNull = (value: number | string): number | null => (value === '' ? null : number(value));
const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

const timeOf = (local: string): string | null => {
  const seconds = fromLocalTime(local);
  return seconds === undefined ? null : new Date(Number(seconds) * 1000).toISOString();
};

/** The body of createDrop and updateDrop. A secret that nobody typed is not in it. */
export const dropBody = (values: DropValues) => ({
  name: values.name.trim(),
  connectionId: values.connectionId,
  title: values.title,
  text: values.text,
  logo: values.logo,
  color: values.color,
  fields: fieldsOf(values.fields),
  maxFiles: number(values.maxFiles),
  maxFileBytes: values.maxFileBytes ?? Number.NaN,
  maxOrderBytes: values.maxOrderBytes ?? Number.NaN,
  types: values.anyType ? null : values.types,
  closesAt: timeOf(values.closesAt),
  lateHours: number(values.lateHours),
  access: values.access,
  ...(values.access === 'open' || values.password === '' ? {} : { password: values.password }),
  consentText: values.consentText,
  retentionDays: numberOrNull(values.retentionDays),
  customerEmail: values.customerEmail,
  customerPhone: values.customerPhone,
  notifyEmails: values.notifyEmails,
  challenge: values.challenge,
  hcaptchaSiteKey: orNull(values.hcaptchaSiteKey),
  ...(values.challenge === 'hcaptcha' && values.hcaptchaSecret !== ''
    ? { hcaptchaSecret: values.hcaptchaSecret }
    : {}),
  maxOrdersPerDay: numberOrNull(values.maxOrdersPerDay),
  maxBytesPerDay: values.maxBytesPerDay,
  maxTotalBytes: values.maxTotalBytes,
  embedOrigins: values.anyEmbedder ? null : values.embedOrigins,
});
