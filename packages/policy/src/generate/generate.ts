import { generateCors } from '../cors/generate-cors.ts';
import type { ConditionElement, PolicyDocument } from '../document/policy-document.ts';
import { grantsOf, type Grant } from '../jobs/grants.ts';
import { isUnknownTo, providerProfiles } from '../providers/profiles.ts';
import type { ProviderProfile } from '../providers/provider-profile.ts';
import {
  accessPointArn,
  accessPointPolicy,
  bucketPolicy,
  throughAccessPoint,
  type DocumentParts,
} from './bucket-policy.ts';
import { checkInput } from './check-input.ts';
import type { GenerateInput } from './generate-input.ts';
import type { GeneratedDocuments } from './generated.ts';
import { grantStatements } from './grant-statements.ts';
import { keyStatements } from './key-statements.ts';
import { lifecycleOf } from './lifecycle.ts';
import { providerNotes } from './notes/provider-notes.ts';
import { hasOwnFolders, ownFolderOf } from './own-folder.ts';
import { PolicyInputError } from './policy-input-error.ts';
import { accessPointNames, bucketNames, needsEscapes, partitionOf } from './resource-names.ts';
import { trustPolicy } from './trust-policy.ts';

/**
 * The documents that give credentials what a job needs and nothing else, as the provider can express them. What it
 * cannot is left out and said in `notes`, with the provider's own steps. The same input makes the same documents.
 * Throws a PolicyInputError that names the field from which no document can be made.
 *
 * @example
 *   generate({ capabilities: ['ingest'], provider: 'aws', bucket: 'media', prefix: 'uploads/' }).identity
 *   // { Version, Statement: [{ Sid: 'Upload', Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::media/uploads/*' }] }
 */
export const generate = (input: GenerateInput): GeneratedDocuments => {
  checkInput(input);
  const profile = providerProfiles[input.provider];
  const grants = grantsOf(input.capabilities, input);
  checkEscapes(grants, profile);
  const ownFolder = ownFolderOf(input, profile);
  const nameless = ownFolder === null && hasOwnFolders(grants);
  const parts: DocumentParts = { input, profile, grants, ownFolder: ownFolder ?? '' };
  const takes = (kind: (typeof profile.policyKinds)[number]) =>
    !nameless && profile.policyKinds.includes(kind);
  return {
    identity: takes('identity') ? identityPolicy(parts) : null,
    bucketPolicy: takes('bucket') && !withoutAccessPoints(input, profile) ? bucketPolicy(parts) : null,
    accessPointPolicy: takes('accessPoint') ? accessPointPolicy(parts) : null,
    trust: takes('trust')
      ? trustPolicy(input, {
          externalId: profile.sts.externalId !== false,
          webIdentity: profile.sts.webIdentity !== false,
          tagged: hasOwnFolders(grants) && input.user === undefined,
        })
      : null,
    cors: generateCors(input.capabilities, input.origins ?? [], profile),
    lifecycle: profile.bucketSettings.includes('lifecycle') ? lifecycleOf(grants) : null,
    notes: providerNotes(input, profile, grants, { nameless }),
  };
};

const identityPolicy = ({ input, profile, grants, ownFolder }: DocumentParts): PolicyDocument => {
  const throughPoint = input.accessPoint !== undefined && profile.policyKinds.includes('accessPoint');
  const kmsKey = isUnknownTo(profile.unknownActions, 'kms:Decrypt') ? undefined : input.addOns?.kmsKey;
  return {
    Version: '2012-10-17',
    Statement: [
      ...grantStatements(throughPoint ? throughAccessPoint(grants) : grants, {
        // Requests through an access point name its resources, on the caller's side as well.
        names: throughPoint
          ? accessPointNames(accessPointArn(input))
          : bucketNames(input.bucket, partitionOf(input.region)),
        ownFolder,
        condition: accountPin(input, profile),
      }),
      ...keyStatements(grants, kmsKey),
    ],
  };
};

/** A bucket that was deleted and made again by somebody else has another account. */
const accountPin = ({ addOns, accountId }: GenerateInput, profile: ProviderProfile): ConditionElement =>
  addOns?.accountPin === true &&
  accountId !== undefined &&
  !isUnknownTo(profile.unknownConditionKeys, 'aws:ResourceAccount')
    ? { StringEquals: { 'aws:ResourceAccount': accountId } }
    : {};

const withoutAccessPoints = ({ accessPoint }: GenerateInput, { policyKinds }: ProviderProfile): boolean =>
  accessPoint !== undefined && !policyKinds.includes('accessPoint');

/** Where policies have no escapes, a prefix with a `*` would be a pattern that reaches more than itself. */
const checkEscapes = (grants: readonly Grant[], { variables, policyKinds, name }: ProviderProfile): void => {
  if (variables === 'all' || policyKinds.length === 0) return;
  if (grants.some(({ prefix }) => needsEscapes(prefix)))
    throw new PolicyInputError(
      'prefix',
      `holds *, ? or \${, which policies of ${name} cannot name literally`,
    );
};
