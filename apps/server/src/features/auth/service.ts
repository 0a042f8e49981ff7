import { createAccount, type Account } from './account.ts';
import type { AuthDeps } from './deps.ts';
import { createOidcSignIn, type OidcSignIn } from './oidc-sign-in.ts';
import { createOwnerSetup, type OwnerSetup } from './owner.ts';
import type { Sessions } from './sessions.ts';
import { createSignIn, type SignIn } from './sign-in.ts';

/** Accounts: who somebody is. What they may do is decided by teams. */
export interface AuthService extends OwnerSetup {
  account: Account;
  signIn: SignIn;
  sessions: Sessions;
  oidc: OidcSignIn | null;
  /** What the sign-in page has to know. */
  describe(): Promise<{
    needsOwner: boolean;
    oidc: { name: string; startUrl: string } | null;
    version: string;
    imagesUrl: string;
    demo: boolean;
    sendsMail: boolean;
  }>;
  publicUrl: () => string;
}

/** @throws Error for an OpenID configuration that cannot be safe */
export const createAuthService = (deps: AuthDeps): AuthService => {
  const log = deps.log.child({ feature: 'auth' });
  const account = createAccount({ ...deps, log });
  const setup = createOwnerSetup({ ...deps, log }, account);
  return {
    ...setup,
    account,
    signIn: createSignIn({ ...deps, log }, account),
    sessions: deps.sessions,
    oidc: createOidcSignIn({ ...deps, log }, account),
    publicUrl: deps.publicUrl,
    describe: async () => ({
      needsOwner: await setup.needsOwner(),
      oidc: deps.oidc === null ? null : { name: deps.oidc.name, startUrl: '/auth/oidc/start' },
      version: deps.version,
      imagesUrl: deps.imagesUrl(),
      demo: deps.demo,
      sendsMail: deps.sendsMail,
    }),
  };
};
