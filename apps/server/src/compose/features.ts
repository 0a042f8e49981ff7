import {
  createAuthService,
  createAuthentication,
  createSessions,
  type AuthService,
} from '../features/auth/index.ts';
import { createTeamsForAccounts, createTeamsService, type TeamsService } from '../features/teams/index.ts';
import { createPasswords } from '../platform/crypto/password.ts';
import { createDatabaseRateLimiter } from '../platform/db/index.ts';
import type { CreateRateLimiter } from '../platform/http/rate-limit.ts';
import type { Addresses } from './addresses.ts';
import type { Foundation } from './foundation.ts';

/** Every feature's service, and who is calling. */
export interface Features {
  auth: AuthService;
  teams: TeamsService;
  authenticate: ReturnType<typeof createAuthentication>;
  createRateLimiter: CreateRateLimiter;
}

export const makeFeatures = (foundation: Foundation, addresses: Addresses): Features => {
  const { config, db, clock, log } = foundation;
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
    oidc: config.oidc,
  });
  const teams = createTeamsService({ db, clock, log, auth, publicUrl });
  const authenticate = createAuthentication({ sessions, findApiKey: teams.apiKeys.find, publicUrl });
  return { auth, teams, authenticate, createRateLimiter };
};
