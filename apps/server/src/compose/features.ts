import {
  createConnectionsService,
  createPlatformIdentity,
  type ConnectionsService,
  type PlatformKey,
} from '../features/connections/index.ts';
import {
  createEmbeddedBucketService,
  type EmbeddedBucketService,
} from '../features/embedded-bucket/index.ts';
import { createDownloadsService, type DownloadsService } from '../features/downloads/index.ts';
import {
  createDropsService,
  createOrderLimits,
  createReceiveFiles,
  createTakeBackFiles,
  dropsOnConnections,
  type DropsService,
} from '../features/drops/index.ts';
import { createIdentityIssuer, type IdentityIssuer } from '../features/identity/index.ts';
import { createSourcesService, type SourcesService } from '../features/sources/index.ts';
import {
  createAuthService,
  createAuthentication,
  createSessions,
  type AuthService,
} from '../features/auth/index.ts';
import {
  createTeamAccess,
  createTeamsForAccounts,
  createTeamsService,
  type TeamsService,
} from '../features/teams/index.ts';
import { createProvisioningService, type ProvisioningService } from '../features/provisioning/index.ts';
import { createTransfersService, type TransfersService } from '../features/transfers/index.ts';
import { createWebhooksService, type WebhooksService } from '../features/webhooks/index.ts';
import type { BucketServer } from '@windlass/bucket';
import { createMailer } from '../platform/mail/index.ts';
import { createEndpointGuard } from '../platform/net/index.ts';
import { createPasswords } from '../platform/crypto/password.ts';
import { createDatabaseRateLimiter } from '../platform/db/index.ts';
import type { CreateRateLimiter } from '../platform/http/rate-limit.ts';
import type { Jobs } from '../platform/jobs/index.ts';
import type { Addresses } from './addresses.ts';
import { announceStateChanges } from './announce-state-changes.ts';
import { bucketRegion } from './bucket.ts';
import { countReceived } from './count-received.ts';
import type { Foundation } from './foundation.ts';

/** Every feature's service, and who is calling. */
export interface Features {
  auth: AuthService;
  teams: TeamsService;
  connections: ConnectionsService;
  sources: SourcesService;
  transfers: TransfersService;
  downloads: DownloadsService;
  drops: DropsService;
  /** Where Uppy is pointed at, by the token of a grant. */
  uppyUrls(token: string): { companionUrl: string; signUrl: string };
  webhooks: WebhooksService;
  provisioning: ProvisioningService;
  embeddedBucket: EmbeddedBucketService;
  issuer: IdentityIssuer;
  authenticate: ReturnType<typeof createAuthentication>;
  createRateLimiter: CreateRateLimiter;
}

export const makeFeatures = (
  foundation: Foundation,
  addresses: Addresses,
  { bucket, platformKeys }: { bucket: BucketServer | null; platformKeys: readonly PlatformKey[] },
  jobs: Jobs,
  stack: AsyncDisposableStack,
): Features => {
  const { config, db, clock, log, vault } = foundation;
  const publicUrl = (): string => addresses.publicUrl;
  const createRateLimiter = createDatabaseRateLimiter(db);
  const sessions = createSessions({ db, clock });
  const auth = createAuthService({
    db,
    clock,
    log,
    passwords: createPasswords(),
    sessions,
    teams: createTeamsForAccounts({ clock, log }),
    createRateLimiter,
    publicUrl,
    imagesUrl: () => addresses.imagesUrl,
    version: config.version,
    demo: config.demo,
    sendsMail: config.mail !== null,
    oidc: config.oidc,
  });
  const teams = createTeamsService({ db, clock, log, auth, publicUrl });
  const access = createTeamAccess({ db });
  // Of webhooks and web folders: nothing of ours is behind it.
  const outwardGuard = createEndpointGuard({ allow: config.allowEndpoints });
  const webhooks = createWebhooksService({
    db,
    access,
    vault,
    guard: outwardGuard,
    jobs,
    clock,
    log,
  });
  // The embedded bucket is ours: connections may use it although it is on loopback.
  const ownEndpoints = bucket === null ? [] : [new URL(bucket.url).host, `localhost:${bucket.port}`];
  const guard = createEndpointGuard({ allow: [...config.allowEndpoints, ...ownEndpoints] });
  const issuer = createIdentityIssuer({ db, vault, clock, publicUrl });
  const platform = createPlatformIdentity({ guard, keys: platformKeys });
  const connections = stack.use(
    createConnectionsService({
      db,
      access,
      vault,
      guard,
      clock,
      log,
      platform,
      issuer,
      publicUrl,
      jobs,
      onStateChange: announceStateChanges(webhooks),
      // They are made below, of connections.
      uses: [
        {
          objection: (...at) => transfers.connectionUse.objection(...at),
          release: (...at) => transfers.connectionUse.release(...at),
        },
        dropsOnConnections({ db }),
      ],
    }),
  );
  const provisioning = stack.use(createProvisioningService({ db, access, guard, connections, clock, log }));
  const sources = stack.use(
    createSourcesService({
      db,
      access,
      vault,
      connections,
      guard: outwardGuard,
      imageOrigin: () => ({ imagesUrl: addresses.imagesUrl, imagesHost: config.imagesHost }),
      clock,
      log,
    }),
  );
  const transfers = createTransfersService({
    db,
    access,
    clock,
    log,
    jobs,
    openBucket: connections.openBucket,
    onReceived: { order: createReceiveFiles({ clock, jobs }) },
    onMissing: { order: createTakeBackFiles({ clock }) },
    limitsNow: { order: createOrderLimits({ clock }) },
    countReceived: countReceived(foundation.metrics),
  });
  const downloads = createDownloadsService({
    db,
    access,
    openBucket: connections.openBucket,
    clock,
    log,
    publicUrl,
  });
  const drops = createDropsService({
    db,
    access,
    vault,
    // Of its own: customers who guess at a page's password keep nobody from signing in.
    passwords: createPasswords(),
    connections,
    transfers,
    webhooks,
    downloads,
    mailer: stack.use(createMailer(config.mail)),
    jobs,
    createRateLimiter,
    guard: outwardGuard,
    hcaptchaVerifyUrl: config.hcaptchaVerifyUrl,
    publicUrl,
    imagesUrl: () => addresses.imagesUrl,
    clock,
    log,
  });
  const embeddedBucket = createEmbeddedBucketService({
    db,
    access,
    log,
    account: bucket === null ? null : { url: bucket.url, region: bucketRegion, iam: bucket.iam },
  });
  const authenticate = createAuthentication({ sessions, findApiKey: teams.apiKeys.find, publicUrl });
  return {
    auth,
    teams,
    connections,
    sources,
    transfers,
    downloads,
    drops,
    uppyUrls: (token) => {
      const companionUrl = `${publicUrl()}/uppy/${token}`;
      return { companionUrl, signUrl: `${companionUrl}/sign` };
    },
    webhooks,
    provisioning,
    embeddedBucket,
    issuer,
    authenticate,
    createRateLimiter,
  };
};
