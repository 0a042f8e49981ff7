import type { Connection, ProviderId } from '@windlass/contract';
import {
  capabilityOfJob,
  formatPolicy,
  generate,
  PolicyInputError,
  providerProfiles,
  type GeneratedDocuments,
} from '@windlass/policy/generate';
import { AppError } from '../../kernel/app-error.ts';
import type { NamedRule, PublicAccess } from '../../platform/s3/index.ts';
import type { Choices } from './choices.ts';

/** What a connection's jobs ask of the account, as documents. Pure: nothing of what is there goes in. */
export interface Wanted {
  /** Of the user or role; it is its inline policy too. */
  principalName: string;
  /** Null where the provider has no policies of users. */
  identity: string | null;
  /** Null where the role has nobody to trust. */
  trust: string | null;
  /** Null where the provider has no such rules; empty where no job needs any. */
  cors: readonly NamedRule[] | null;
  lifecycle: readonly NamedRule[] | null;
  /** Null where the provider has no such setting. */
  publicAccess: PublicAccess | null;
  /** False where a role that trusts this server could be used through it by others. */
  followsExternalId: boolean;
  providerName: string;
  /** What to do by hand where the provider cannot do it; one line each. */
  bySelf: readonly string[];
}

/** IAM: names of users and roles have 64 characters at most. */
const maxNameLength = 64;

/**
 * The documents for one connection.
 *
 * @param trusted ARN of this server where the role's trust policy names it; null where it is not known, or no role is wanted
 * @throws AppError invalidRequest
 */
export const wantedFor = (
  connection: Connection,
  choices: Choices,
  { origins, trusted }: { origins: readonly string[]; trusted: string | null },
): Wanted => {
  const principalName = choices.name ?? `windlass-${connection.name}`.slice(0, maxNameLength);
  const profile = providerProfiles[connection.provider];
  const documents = generated(() =>
    generate({
      capabilities: connection.jobs.map((job) => capabilityOfJob[job]),
      provider: connection.provider,
      bucket: connection.bucket,
      prefix: connection.prefix,
      region: connection.region,
      name: principalName,
      origins,
      ...(trusted === null ? {} : { trust: { principal: trusted, externalId: connection.externalId } }),
    }),
  );
  return {
    principalName,
    identity: documents.identity === null ? null : formatPolicy(documents.identity),
    trust: documents.trust === null ? null : formatPolicy(documents.trust),
    cors: profile.cors === 'none' ? null : named(connection, documents.cors ?? []),
    lifecycle: profile.bucketSettings.includes('lifecycle')
      ? named(connection, documents.lifecycle?.Rules ?? [])
      : null,
    publicAccess: profile.bucketSettings.includes('publicAccess') ? blockFor(connection.provider) : null,
    followsExternalId: profile.sts.externalId !== false,
    providerName: profile.name,
    bySelf: documents.notes.filter(({ kind }) => kind === 'steps').flatMap(({ lines }) => lines),
  };
};

/**
 * Everything is blocked. But for Ceph: its release 16 refuses every upload where BlockPublicAcls is on, the owner's too,
 * and IgnorePublicAcls takes the power from public ACLs just as well (measured on a running gateway).
 */
const blockFor = (provider: ProviderId): PublicAccess => ({
  BlockPublicAcls: provider !== 'ceph',
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
});

/** Two connections on one bucket have rules of their own. */
const named = ({ name }: Connection, rules: readonly { readonly ID?: string }[]): NamedRule[] =>
  rules.map((rule, index) => ({ ...rule, ID: `windlass-${name}-${rule.ID ?? index}` }));

const generated = (make: () => GeneratedDocuments): GeneratedDocuments => {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof PolicyInputError)) throw error;
    throw new AppError('invalidRequest', `No policy can be made for this connection: ${error.message}.`, {
      cause: error,
      errors: [{ path: error.field, message: error.reason }],
    });
  }
};
