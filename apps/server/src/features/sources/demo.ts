import type { ConnectionId, SourceId, TeamId } from '@windlass/contract';
import { sourceSettings } from '@windlass/contract';
import type { Clock } from '../../kernel/clock.ts';
import { newId } from '../../kernel/new-id.ts';
import { isUniqueViolation, type Database } from '../../platform/db/index.ts';
import { settingsColumns } from './settings.ts';
import { findSourceByName, insertSource } from './store.ts';

/** The source that a first run makes: open to everybody, with the usual limits. */
export interface DemoSource {
  teamId: TeamId;
  connectionId: ConnectionId;
  name: string;
  prefix: string;
  defaultParameters?: string;
}

/** To look at what a preset is: a square, a card of a list, and the head of a page. */
const demoPresets = {
  thumb: 'width=160&height=160&mode=crop&format=auto',
  card: 'width=640&aspect-ratio=4:3&mode=crop&format=auto',
  hero: 'width=1600&aspect-ratio=21:9&mode=crop&format=auto',
};

/** Several processes may do this at once. @returns null where somebody else's source has the name */
export const ensureDemoSource = async (
  { db, clock }: { db: Database; clock: Clock },
  demo: DemoSource,
): Promise<SourceId | null> => {
  const known = await findSourceByName(db, demo.name);
  if (known !== null) return known.teamId === demo.teamId && known.demo ? known.id : null;
  const now = clock.now();
  const id = newId('src');
  const settings = sourceSettings.parse({
    name: demo.name,
    connectionId: demo.connectionId,
    prefix: demo.prefix,
    defaultParameters: demo.defaultParameters ?? '',
    presets: demoPresets,
  });
  try {
    await insertSource(db, {
      ...settingsColumns(settings),
      id,
      teamId: demo.teamId,
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
