import type { Drop, DropSettings, FormField } from '@windlass/contract';
import { AppError } from '../../kernel/app-error.ts';
import { definedOnly } from '../../kernel/defined-only.ts';
import { requireForm } from './forms/check-form.ts';
import type { DropRow } from './ports.ts';

/** What the contract's schema bounds to safe integers comes from the database as text. */
const count = (text: string | null): number | null => (text === null ? null : Number(text));

/** The settings of a page as the contract names them, beside the version of its form. */
export const settingsOf = (row: DropRow, fields: FormField[]): DropSettings => ({
  name: row.name,
  connectionId: row.connectionId,
  title: row.title,
  text: row.text,
  logo: row.logo,
  color: row.color,
  fields,
  maxFiles: row.maxFiles,
  maxFileBytes: Number(row.maxFileBytes),
  maxOrderBytes: Number(row.maxOrderBytes),
  types: row.types,
  paused: row.paused,
  closesAt: row.closesAt?.toISOString() ?? null,
  lateHours: row.lateHours,
  access: row.access,
  consentText: row.consentText,
  retentionDays: row.retentionDays,
  customerEmail: row.customerEmail,
  customerPhone: row.customerPhone,
  notifyEmails: row.notifyEmails,
  challenge: row.challenge,
  hcaptchaSiteKey: row.hcaptchaSiteKey,
  maxOrdersPerDay: row.maxOrdersPerDay,
  maxBytesPerDay: count(row.maxBytesPerDay),
  maxTotalBytes: count(row.maxTotalBytes),
  embedOrigins: row.embedOrigins,
});

/** The settings after an edit: what it names, over what there was. */
export const editedSettings = (
  before: DropSettings,
  given: { [Name in keyof DropSettings]?: DropSettings[Name] | undefined },
): DropSettings => ({
  ...before,
  ...definedOnly(given),
});

/** How settings stand in the table; the form has a table of its own. */
export const dropColumns = ({ fields: _fields, closesAt, embedOrigins, ...settings }: DropSettings) => ({
  ...settings,
  closesAt: closesAt === null ? null : new Date(closesAt),
  // As browsers write origins: without a slash at the end.
  embedOrigins: embedOrigins?.map((origin) => new URL(origin).origin) ?? null,
});

/** What a page knows besides its settings, or is given with them. */
export interface DropSecrets {
  /** In the clear, exactly where this call sets another. */
  password: string | null;
  hasPassword: boolean;
  hasHcaptchaSecret: boolean;
  /** What the stored password is one for; null where there is none. */
  passwordFor: Drop['access'] | null;
}

const passwordRules: Readonly<Record<'password' | 'pin', { pattern: RegExp; message: string }>> = {
  pin: { pattern: /^\d{4,8}$/, message: 'a PIN has four to eight digits' },
  password: { pattern: /^[\s\S]{6,200}$/, message: 'a password has at least six characters' },
};

const passwordFault = ({ access }: DropSettings, secrets: DropSecrets): string | null => {
  if (access === 'open') return secrets.password === null ? null : 'is not asked for by an open page';
  const { pattern, message } = passwordRules[access];
  if (secrets.password !== null) return pattern.test(secrets.password) ? null : message;
  return secrets.hasPassword && secrets.passwordFor === access ? null : `is needed: ${message}`;
};

/** @throws AppError invalidRequest where settings contradict each other, or lack a secret that they need */
export const requireSettings = (settings: DropSettings, secrets: DropSecrets): void => {
  requireForm(settings.fields);
  const errors: { path: string; message: string }[] = [];
  const password = passwordFault(settings, secrets);
  if (password !== null) errors.push({ path: 'password', message: password });
  if (settings.maxFileBytes > settings.maxOrderBytes)
    errors.push({ path: 'maxFileBytes', message: 'is more than a whole order may have' });
  if (settings.challenge === 'hcaptcha') {
    if (settings.hcaptchaSiteKey === null)
      errors.push({ path: 'hcaptchaSiteKey', message: 'is needed for this challenge' });
    if (!secrets.hasHcaptchaSecret)
      errors.push({ path: 'hcaptchaSecret', message: 'is needed for this challenge' });
  }
  if (errors.length > 0)
    throw new AppError('invalidRequest', 'These settings do not go together.', { errors });
};
