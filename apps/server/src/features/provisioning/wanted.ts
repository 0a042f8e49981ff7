import type { Connection, Job, ProvisioningChoices } from '@windlass/contract';
import {
  formatPolicy,
  generate,
  PolicyInputError,
  providerProfiles,
  type Capability,
  type GeneratedDocuments,
} from '@windlass/policy';
import { AppError } from '../../kernel/app-error.ts';
import type { NamedRule } from '../../platform/s3/index.ts';

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
  hasPublicAccessBlock: boolean;
  providerName: string;
  /** What to do by hand where the provider cannot do it; one line each. */
  bySelf: readonly string[];
}

/** Uploads of ours can always be taken up again. */
const capabilityOf: Record<Job, Capability> = {
  deliver: 'deliver',
  ingest: 'ingestResumable',
  process: 'process',
  gallery: 'gallery',
};

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
  choices: ProvisioningChoices,
  { origins, trusted }: { origins: readonly string[]; trusted: string | null },
): Wanted => {
  const principalName = choices.name ?? `windlass-${connection.name}`.slice(0, maxNameLength);
  const profile = providerProfiles[connection.provider];
  const documents = generated(() =>
    generate({
      capabilities: connection.jobs.map((job) => capabilityOf[job]),
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
    hasPublicAccessBlock: profile.bucketSettings.includes('publicAccess'),
    providerName: profile.name,
    bySelf: documents.notes.filter(({ kind }) => kind === 'steps').flatMap(({ lines }) => lines),
  };
};

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
