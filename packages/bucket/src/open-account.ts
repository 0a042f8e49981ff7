import type { AuthorizationDecision, AuthorizationRequest, Authorize } from './authorize.ts';
import { createCredentials } from './auth/credentials.ts';
import { createUsers } from './auth/users.ts';
import type { Users } from './auth/users.ts';
import { createVerifier } from './auth/verify-request.ts';
import { createEnforcer } from './enforce/enforcer.ts';
import { createIsOwn } from './enforce/own-buckets.ts';
import type { ListenerDependencies } from './http/listener.ts';
import { roleArn, userArn } from './iam/arns.ts';
import { createBucketIam } from './iam/create-bucket-iam.ts';
import { openIdentities } from './iam/identities.ts';
import { createKeyUse } from './iam/key-use.ts';
import { createBucketDocuments } from './operations/bucket-documents.ts';
import type { ObjectStore } from './store.ts';
import { fetchJsonDocument } from './sts/provider-keys.ts';
import type { FetchDocument } from './sts/provider-keys.ts';
import { createSessionTokens } from './sts/session-token.ts';
import { createStsCalls } from './sts/sts-calls.ts';

export interface AccountOptions {
  /** The folder that holds objects and identities; made when it is missing. One process at a time. */
  dataDirectory: string;
  region: string;
  /**
   * Fetches what identity providers publish, for AssumeRoleWithWebIdentity. Compose it with a guard where the bucket's
   * administrators are not trusted with the network; by default any address may be asked, without redirects.
   */
  fetchDocument?: FetchDocument;
  /** Every question of every request with its answer, for an audit. */
  onDecision?: (question: AuthorizationRequest, decision: AuthorizationDecision) => void;
}

/** Everything that requests are answered with, beside the store. */
export interface Account extends Pick<ListenerDependencies, 'services' | 'queryServices' | 'authorize'> {
  users: Users;
}

/** Opens the identities of the folder and wires them to what asks for them. */
export async function openAccount(
  options: AccountOptions,
  store: ObjectStore,
  clock: { now(): Date },
): Promise<Account> {
  const identities = await openIdentities(options.dataDirectory);
  const users = createUsers(identities, clock);
  const keyUse = createKeyUse();
  const documents = createBucketDocuments(store);
  const enforcer = createEnforcer(identities, documents);
  const tokens = createSessionTokens(Buffer.from(identities.records().sessionKey, 'base64'));
  const credentials = createCredentials(identities, tokens, clock);

  const isPrincipal = (arn: string): boolean => {
    const { users: all, roles } = identities.records();
    return (
      all.some(({ name, path }) => userArn(name, path) === arn) ||
      roles.some(({ name, path }) => roleArn(name, path) === arn)
    );
  };

  const authorize: Authorize = (question) => {
    const decision = enforcer.authorize(question);
    options.onDecision?.(question, decision);
    return decision;
  };

  const iam = createBucketIam({ identities, keyUse, enforcer, store, documents, isPrincipal, clock });
  const sts = createStsCalls({
    identities,
    enforcer,
    tokens,
    fetchDocument: options.fetchDocument ?? fetchJsonDocument,
    clock,
  });
  return {
    users,
    authorize,
    queryServices: { iam, sts },
    services: {
      store,
      documents,
      users,
      verifier: createVerifier({ credentials, keyUse, region: options.region, clock }),
      isPrincipal,
      isOwn: createIsOwn(identities),
      clock,
      region: options.region,
    },
  };
}
