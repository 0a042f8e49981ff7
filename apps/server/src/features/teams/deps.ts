import type { Clock } from '../../kernel/clock.ts';
import type { Log } from '../../kernel/log.ts';
import type { Database } from '../../platform/db/index.ts';
import type { AuthService } from '../auth/index.ts';

/** What the parts of this feature are made of. */
export interface TeamsDeps {
  db: Database;
  clock: Clock;
  log: Log;
  auth: Pick<AuthService, 'account' | 'sessions'>;
  /** Public origin of the app, no trailing slash. */
  publicUrl: () => string;
}
