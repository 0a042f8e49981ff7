import type { OperationInput, SourceUsage, sourceUsage, UsageRange } from '@windlass/contract';
import type { Actor } from '../../../kernel/actor.ts';
import type { Clock } from '../../../kernel/clock.ts';
import type { Database } from '../../../platform/db/index.ts';
import type { TeamAccess } from '../../teams/index.ts';
import { missingSource } from '../missing.ts';
import { sourcePolicy } from '../policy.ts';
import { findSource } from '../store.ts';
import { seriesStart, usageSeries } from './usage-series.ts';
import { readUsage } from './usage-store.ts';

export interface Usage {
  usage(
    actor: Actor,
    at: OperationInput<typeof sourceUsage>['params'],
    range: UsageRange,
  ): Promise<SourceUsage>;
}

export const createUsage = ({
  db,
  access,
  clock,
}: {
  db: Database;
  access: TeamAccess;
  clock: Clock;
}): Usage => ({
  usage: async (actor, at, range) => {
    await access.require(actor, at.teamId, sourcePolicy.read);
    if ((await findSource(db, at.teamId, at.sourceId)) === null) missingSource();
    const now = clock.now();
    return usageSeries(range, now, await readUsage(db, at, seriesStart(range, now)));
  },
});
