import type { Clock } from '../../kernel/clock.ts';
import type { Log } from '../../kernel/log.ts';
import type { Secret } from '../../kernel/secret.ts';
import type { Passwords } from '../../platform/crypto/password.ts';
import type { Database } from '../../platform/db/index.ts';
import type { CreateRateLimiter } from '../../platform/http/rate-limit.ts';
import type { Sessions } from './sessions.ts';
import type { TeamsPort } from './teams-port.ts';

/** Sign-in through an OpenID provider. */
export interface OidcSettings {
  issuer: URL;
  clientId: string;
  clientSecret: Secret;
  /** Shown on the button. */
  name: string;
}

/** What the parts of this feature are made of. */
export interface AuthDeps {
  db: Database;
  clock: Clock;
  log: Log;
  passwords: Passwords;
  sessions: Sessions;
  teams: TeamsPort;
  createRateLimiter: CreateRateLimiter;
  /** Public origin of the app, no trailing slash. Asked when needed: the port may be chosen late. */
  publicUrl: () => string;
  /** Public origin of images, no trailing slash. */
  imagesUrl: () => string;
  version: string;
  /** True where the embedded demo bucket is there. */
  demo: boolean;
  /** True where a mail server is configured. */
  sendsMail: boolean;
  oidc: OidcSettings | null;
}
