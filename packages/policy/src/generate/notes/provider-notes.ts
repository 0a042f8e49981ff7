import type { Grant } from '../../jobs/grants.ts';
import { isUnknownTo } from '../../providers/profiles.ts';
import type { ProviderProfile } from '../../providers/provider-profile.ts';
import { canWriteOnce, namesUsers } from '../bucket-policy.ts';
import type { GenerateInput } from '../generate-input.ts';
import type { ProviderNote } from '../generated.ts';
import { hasOwnFolders, isForRole, memberTag } from '../own-folder.ts';
import { keyNotes } from './key-notes.ts';
import { limit } from './note.ts';

/** What the provider cannot express of this input, and what to do there instead. */
export const providerNotes = (
  input: GenerateInput,
  profile: ProviderProfile,
  grants: readonly Grant[],
  { nameless }: { nameless: boolean },
): ProviderNote[] => [
  ...keyNotes(input, grants),
  ...memberNotes(input, profile, grants, nameless),
  ...addOnNotes(input, profile),
  ...formNotes(input, profile),
  ...(profile.cors === 'none' && (input.origins ?? []).length > 0
    ? [
        limit('CORS is a setting of the whole server', [
          `${profile.name} keeps no CORS rules for a bucket.`,
          `Set MINIO_API_CORS_ALLOW_ORIGIN to ${(input.origins ?? []).join(',')} and restart it.`,
        ]),
      ]
    : []),
];

const memberNotes = (
  input: GenerateInput,
  profile: ProviderProfile,
  grants: readonly Grant[],
  nameless: boolean,
): ProviderNote[] => {
  if (!hasOwnFolders(grants) || input.user !== undefined || profile.policyKinds.length === 0) return [];
  if (nameless)
    return [
      limit('One document for each member', [
        `${profile.name} refuses variables in policies, so that one document cannot fit all members.`,
        "Name the member, and a document with that member's folders is made.",
      ]),
    ];
  if (!isForRole(input)) return [];
  return [
    limit("Sessions of a role have no user's name", [
      `The policy reads the session tag ${memberTag} instead: whoever assumes the role passes it, and the trust policy lets it be passed.`,
      'A session policy with the folders of the one member does the same without a tag.',
    ]),
  ];
};

const addOnNotes = (input: GenerateInput, profile: ProviderProfile): ProviderNote[] => {
  const { addOns = {} } = input;
  const notes: ProviderNote[] = [];
  const bucketPolicies = profile.policyKinds.includes('bucket');
  if (addOns.writeOnce === true && !(bucketPolicies && canWriteOnce(profile)))
    notes.push(
      limit('Objects can be overwritten', [
        `Policies of ${profile.name} cannot ask for If-None-Match. Turn on versioning where there is one: then nothing is lost by an overwrite.`,
      ]),
    );
  if (addOns.tlsOnly === true && profile.tls === false)
    notes.push(
      limit('No policy refuses requests without TLS', [
        `${profile.name} speaks plain HTTP, and a request through a proxy with TLS counts as plain too: the statement would refuse every request, so it is left out.`,
        'Let it listen on loopback only, and let a proxy in front of it answer https alone.',
      ]),
    );
  else if (addOns.tlsOnly === true && !bucketPolicies)
    notes.push(
      limit('No policy refuses requests without TLS', [
        `${profile.name} takes no bucket policy for it. Use an https endpoint, and let the server answer no other.`,
      ]),
    );
  if (addOns.accountPin === true && isUnknownTo(profile.unknownConditionKeys, 'aws:ResourceAccount'))
    notes.push(
      limit('Rights are not pinned to the account', [
        `${profile.name} does not know the key aws:ResourceAccount.`,
      ]),
    );
  if (addOns.kmsKey !== undefined)
    notes.push(
      isUnknownTo(profile.unknownActions, 'kms:Decrypt')
        ? limit('No rights on a KMS key', [
            `${profile.name} has no KMS actions; with them it refuses the document.`,
          ])
        : limit('The key has a policy of its own', [
            'The key policy must let the account, or the user or role, use the key. A bucket policy cannot say this.',
          ]),
    );
  return notes;
};

const formNotes = (input: GenerateInput, profile: ProviderProfile): ProviderNote[] => {
  const notes: ProviderNote[] = [];
  const missing = (kind: ProviderProfile['policyKinds'][number]) => !profile.policyKinds.includes(kind);
  if (input.principal !== undefined && !namesUsers(profile))
    notes.push(limit('No bucket policy', [`${profile.name} takes no bucket policy that names a user.`]));
  if (input.accessPoint !== undefined && missing('accessPoint'))
    notes.push(limit('No access point', [`${profile.name} has no access points.`]));
  if ((input.trust !== undefined || input.webIdentity !== undefined) && missing('trust'))
    notes.push(
      limit('No role', [
        `${profile.name} has no roles with a trust policy. Keys, or what it has in their place, are needed.`,
      ]),
    );
  else if (input.trust !== undefined && profile.sts.externalId === false)
    notes.push(
      limit('No external ID', [
        `${profile.name} lets nobody in whose role asks for an external ID, so the trust policy names only who may assume it.`,
      ]),
    );
  if (input.webIdentity !== undefined && !missing('trust') && profile.sts.webIdentity === false)
    notes.push(limit('No web identity', [`${profile.name} takes no tokens of another issuer.`]));
  return notes;
};
