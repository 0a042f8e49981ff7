import type { ConnectionId, SourceId, TeamId } from '@windlass/contract';
import { sourceSettings } from '@windlass/contract';
import type { Clock } from '../../kernel/clock.ts';
import { newId } from '../../kernel/new-id.ts';
import { isUniqueViolation, type Database } from '../../platform/db/index.ts';
import { findSourceByName, insertSource } from './store.ts';

/** The source that a first run makes: open to everybody, with the usual limits. */
export interface DemoSource {
  teamId: TeamId;
  connectionId: ConnectionId;
  name: string;
  prefix: string;
  defaultParameters?: string;
}

/** Several processes may do this at once. @returns null where somebody else's source has the name */
export const ensureDemoSource = async (
  { db, clock }: { db: Database; clock: Clock },
  demo: DemoSource,
): Promise<SourceId | null> => {
  const known = await findSourceByName(db, demo.name);
  if (known !== null) return known.teamId === demo.teamId && known.demo ? known.id : null;
  const now = clock.now();
  const id = newId('src');
  const { limits, ...settings } = sourceSettings.parse({
    name: demo.name,
    connectionId: demo.connectionId,
    prefix: demo.prefix,
    defaultParameters: demo.defaultParameters ?? '',
  });
  try {
    await insertSource(db, {
      ...settings,
      id,
      teamId: demo.teamId,
      limits: JSON.stringify(limits),
      revision: 1,
      signingKeysSealed: null,
      signingKeysSetAt: null,
      demo: true,
      createdAt: now,
      updatedAt: now,
    });
    return id;
  } catch (error) {
    if (!isUniqueViolation(error, 'sources_name_key')) throw error;
    return ensureDemoSource({ db, clock }, demo);
  }
};
