import type { DropPhase, FormField, OrderPage } from '@windlass/contract';
import { AppError } from '../../../kernel/app-error.ts';
import { settingsOf } from '../drop-settings.ts';
import type { DropRow } from '../ports.ts';
import { lateUntil, phaseOf } from './phases.ts';

/** What anybody may see of a page: nothing of quotas, of who is told, or of where files go. */
export const presentPage = (
  drop: DropRow,
  fields: FormField[],
  { phase, sendsMail }: Pick<OrderPage, 'phase' | 'sendsMail'>,
): OrderPage => {
  const settings = settingsOf(drop, fields);
  return {
    name: settings.name,
    title: settings.title,
    text: settings.text,
    logo: settings.logo,
    color: settings.color,
    phase,
    closesAt: settings.closesAt,
    lateUntil: lateUntil(drop)?.toISOString() ?? null,
    access: settings.access,
    consentText: settings.consentText,
    retentionDays: settings.retentionDays,
    customerEmail: settings.customerEmail,
    customerPhone: settings.customerPhone,
    sendsMail,
    formVersion: drop.formVersion,
    fields,
    maxFiles: settings.maxFiles,
    maxFileBytes: settings.maxFileBytes,
    maxOrderBytes: settings.maxOrderBytes,
    types: settings.types,
    challenge: settings.challenge,
    hcaptchaSiteKey: settings.challenge === 'hcaptcha' ? settings.hcaptchaSiteKey : null,
  };
};

/** Why a page takes no orders; null where it does. */
const closedBy: Readonly<Record<DropPhase, string | null>> = {
  open: null,
  late: null,
  paused: 'This page is paused and takes no new orders just now.',
  closed: 'The time for orders is over.',
  full: 'This page has taken in what it may for now.',
};

/** @throws AppError dropClosed */
export const requireOpen = (phase: DropPhase): void => {
  const reason = closedBy[phase];
  if (reason !== null) throw new AppError('dropClosed', reason);
};

/**
 * Pause and quotas stop new orders; one that was begun is stopped by the end of the time alone.
 *
 * @throws AppError dropClosed
 */
export const requireInTime = (
  { closesAt, lateHours }: Pick<DropRow, 'closesAt' | 'lateHours'>,
  now: Date,
): void => {
  const used = { ordersToday: 0, bytesToday: 0, bytesTotal: 0 };
  const unbounded = { maxOrdersPerDay: null, maxBytesPerDay: null, maxTotalBytes: null, paused: false };
  requireOpen(phaseOf({ ...unbounded, closesAt, lateHours, used }, now));
};
