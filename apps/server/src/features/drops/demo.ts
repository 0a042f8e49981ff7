import { dropSettings, type ConnectionId, type DropId, type TeamId } from '@windlass/contract';
import type { z } from 'zod';
import type { Clock } from '../../kernel/clock.ts';
import { newId } from '../../kernel/new-id.ts';
import type { Vault } from '../../platform/crypto/vault.ts';
import { isUniqueViolation, type Database } from '../../platform/db/index.ts';
import { dropColumns } from './drop-settings.ts';
import { findDrop, findDropByName, insertDrop } from './drop-store.ts';
import { insertForm } from './forms/form-store.ts';
import { newPageKeySealed } from './page-keys.ts';

/** The order page that a first run makes. */
export interface DemoDrop {
  teamId: TeamId;
  connectionId: ConnectionId;
  name: string;
}

const MB = 1_000_000;
const GB = 1000 * MB;

/** What a lab for prints asks. */
const demoFields: z.input<typeof dropSettings>['fields'] = [
  {
    kind: 'choice',
    id: 'size',
    label: 'Size',
    scope: 'file',
    required: true,
    options: [
      { value: '10x15', label: '10 × 15 cm' },
      { value: '13x18', label: '13 × 18 cm' },
      { value: '20x30', label: '20 × 30 cm' },
    ],
  },
  {
    kind: 'choice',
    id: 'finish',
    label: 'Finish',
    scope: 'file',
    required: true,
    options: [
      { value: 'glossy', label: 'Glossy' },
      { value: 'matte', label: 'Matte' },
    ],
  },
  {
    kind: 'number',
    id: 'quantity',
    label: 'Copies',
    scope: 'file',
    required: true,
    min: 1,
    max: 99,
    initial: 1,
  },
];

/** Open to everybody without any work, and so small that nobody fills a laptop's disk with it. */
const demoSettings = ({ name, connectionId }: DemoDrop) =>
  dropSettings.parse({
    name,
    connectionId,
    title: 'Order prints',
    text: 'Choose your photos, and say for each how large and how often you want it.',
    fields: demoFields,
    challenge: 'none',
    maxFiles: 100,
    maxFileBytes: 100 * MB,
    maxOrderBytes: GB,
    maxTotalBytes: 5 * GB,
    retentionDays: 30,
  });

/**
 * Several processes may do this at once.
 *
 * @returns the page, with how many orders it has received; null where it is somebody else's page that has the name
 */
export const ensureDemoDrop = async (
  { db, vault, clock }: { db: Database; vault: Vault; clock: Clock },
  demo: DemoDrop,
): Promise<{ id: DropId; orders: number } | null> => {
  const { teamId } = demo;
  const now = clock.now();
  const known = await findDropByName(db, demo.name);
  if (known !== null) {
    if (known.teamId !== teamId || !known.demo) return null;
    const shown = await findDrop(db, { teamId, dropId: known.id }, now);
    return shown === null ? null : { id: shown.id, orders: shown.orders.total };
  }
  const at = { teamId, dropId: newId('drp') };
  const settings = demoSettings(demo);
  const owner = { teamId, id: at.dropId };
  try {
    await db.transaction().execute(async (trx) => {
      await insertDrop(trx, {
        ...dropColumns(settings),
        ...owner,
        formVersion: 1,
        passwordHash: null,
        hcaptchaSecretSealed: null,
        pageKeySealed: newPageKeySealed(vault, owner),
        demo: true,
        retentionCheck: null,
        createdAt: now,
        updatedAt: now,
      });
      await insertForm(trx, at, { version: 1, fields: settings.fields, createdAt: now });
    });
    return { id: at.dropId, orders: 0 };
  } catch (error) {
    if (!isUniqueViolation(error, 'drops_name_key')) throw error;
    return ensureDemoDrop({ db, vault, clock }, demo);
  }
};
