import type { Drop, FormField, FormVersion } from '@windlass/contract';
import { settingsOf } from './drop-settings.ts';
import type { ShownDrop } from './drop-store.ts';
import type { FormRow } from './forms/form-store.ts';
import { phaseOf } from './pages/phases.ts';
import type { DropRow } from './ports.ts';

/** Bounds as numbers, beside what was used of them. */
export const phaseFacts = (row: DropRow, used: ShownDrop['used']) => {
  const { paused, lateHours, maxOrdersPerDay, maxBytesPerDay, maxTotalBytes, maxOrderBytes } = settingsOf(
    row,
    [],
  );
  return {
    paused,
    lateHours,
    maxOrdersPerDay,
    maxBytesPerDay,
    maxTotalBytes,
    maxOrderBytes,
    closesAt: row.closesAt,
    used,
  };
};

export const presentDrop = (
  row: ShownDrop,
  fields: FormField[],
  given: { now: Date; publicUrl: string; retention: Drop['retention'] },
): Drop => ({
  ...settingsOf(row, fields),
  id: row.id,
  connectionName: row.connectionName,
  url: `${given.publicUrl}/d/${row.name}`,
  phase: phaseOf(phaseFacts(row, row.used), given.now),
  formVersion: row.formVersion,
  hasPassword: row.passwordHash !== null,
  hasHcaptchaSecret: row.hcaptchaSecretSealed !== null,
  demo: row.demo,
  retention: given.retention,
  orders: row.orders,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

export const presentForm = ({ version, fields, createdAt }: FormRow): FormVersion => ({
  version,
  fields,
  createdAt: createdAt.toISOString(),
});
