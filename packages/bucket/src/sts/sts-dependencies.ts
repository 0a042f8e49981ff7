import type { Enforcer } from '../enforce/enforcer.ts';
import type { Identities } from '../iam/identities.ts';
import type { FetchDocument } from './provider-keys.ts';
import type { SessionTokens } from './session-token.ts';

export interface StsDependencies {
  identities: Pick<Identities, 'records' | 'role'>;
  enforcer: Pick<Enforcer, 'policiesOf'>;
  tokens: SessionTokens;
  fetchDocument: FetchDocument;
  clock: { now(): Date };
}
