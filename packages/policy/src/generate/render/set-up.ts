import { providerProfiles } from '../../providers/profiles.ts';
import type { ProviderProfile } from '../../providers/provider-profile.ts';
import { accessPointArn } from '../bucket-policy.ts';
import type { GenerateInput } from '../generate-input.ts';
import type { GeneratedDocuments } from '../generated.ts';
import { identityProviderArn } from '../trust-policy.ts';

export interface RenderOptions {
  /** Makes the bucket too; else it is taken for made. True when absent. */
  readonly createBucket?: boolean;
  /** URL of the provider's S3 endpoint, for all but AWS. */
  readonly endpoint?: string;
}

/** Whose policy the identity policy becomes. */
export interface Holder {
  readonly kind: 'user' | 'role';
  readonly name: string;
  /** False: it exists, in the account of the principal that was named. */
  readonly create: boolean;
}

/** Everything that is set up, the same for all languages. */
export interface SetUp {
  readonly input: GenerateInput;
  readonly documents: GeneratedDocuments;
  readonly profile: ProviderProfile;
  readonly region: string;
  readonly name: string;
  /** Null where the provider has no policies for users, or the principal is a whole account. */
  readonly holder: Holder | null;
  readonly accessPointArn: string | null;
  readonly identityProviderArn: string | null;
  readonly createBucket: boolean;
  readonly endpoint: string | null;
}

const defaultRegion = 'us-east-1';

export const setUpOf = (
  documents: GeneratedDocuments,
  input: GenerateInput,
  { createBucket = true, endpoint }: RenderOptions,
): SetUp => ({
  input,
  documents,
  profile: providerProfiles[input.provider],
  region: input.region ?? defaultRegion,
  name: nameOf(input),
  holder: documents.identity === null ? null : holderOf(input, documents),
  accessPointArn: documents.accessPointPolicy === null ? null : accessPointArn(input),
  identityProviderArn:
    input.webIdentity === undefined || documents.trust === null
      ? null
      : identityProviderArn(input, input.webIdentity),
  createBucket,
  endpoint: endpoint ?? null,
});

/** Of user, role and policy. IAM: 64 characters at most. */
export const nameOf = ({ name, bucket }: GenerateInput): string => name ?? `windlass-${bucket}`.slice(0, 64);

const holderOf = (input: GenerateInput, { trust }: GeneratedDocuments): Holder | null => {
  if (trust !== null) return { kind: 'role', name: nameOf(input), create: true };
  if (input.principal === undefined) return { kind: 'user', name: nameOf(input), create: true };
  // arn:aws:iam::111122223333:role/path/name; a path may stand before the name.
  const [kind, ...path] = (input.principal.split(':')[5] ?? '').split('/');
  const name = path.at(-1);
  if (name === undefined || (kind !== 'user' && kind !== 'role')) return null;
  return { kind, name, create: false };
};
