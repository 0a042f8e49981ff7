import type { Clock } from '../../kernel/clock.ts';
import type { Log } from '../../kernel/log.ts';
import type { Passwords } from '../../platform/crypto/password.ts';
import type { Vault } from '../../platform/crypto/vault.ts';
import type { Database } from '../../platform/db/index.ts';
import type { CreateRateLimiter } from '../../platform/http/rate-limit.ts';
import type { Jobs } from '../../platform/jobs/index.ts';
import type { Mailer } from '../../platform/mail/index.ts';
import type { EndpointGuard } from '../../platform/net/index.ts';
import type { ConnectionsService } from '../connections/index.ts';
import type { DownloadsService } from '../downloads/index.ts';
import type { TeamAccess } from '../teams/index.ts';
import type { TransfersService } from '../transfers/index.ts';
import type { WebhooksService } from '../webhooks/index.ts';

/** What the feature stands on. */
export interface DropsDeps {
  db: Database;
  access: TeamAccess;
  vault: Vault;
  passwords: Passwords;
  connections: Pick<ConnectionsService, 'openBucket' | 'readLifecycle'>;
  transfers: Pick<
    TransfersService,
    'openGrant' | 'endGrant' | 'filesOf' | 'lookUpReportedOf' | 'removeObjects'
  >;
  webhooks: Pick<WebhooksService, 'publish'>;
  downloads: Pick<DownloadsService, 'createZipLink' | 'requireReadable'>;
  jobs: Pick<Jobs, 'enqueue'>;
  /** Tells customers and labs of orders, where an SMTP server is configured. */
  mailer: Mailer;
  createRateLimiter: CreateRateLimiter;
  /** For the service that judges hCaptcha's responses: nothing of ours is behind it. */
  guard: EndpointGuard;
  /** WINDLASS_HCAPTCHA_VERIFY_URL. */
  hcaptchaVerifyUrl: string;
  /** Origin without a trailing slash; asked at each use, since a free port is known only once it is taken. */
  publicUrl: () => string;
  /** The same for pictures. */
  imagesUrl: () => string;
  clock: Clock;
  log: Log;
}
