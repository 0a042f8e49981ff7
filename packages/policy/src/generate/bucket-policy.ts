import type { PolicyDocument, Statement } from '../document/policy-document.ts';
import { foldersOf, type Grant } from '../jobs/grants.ts';
import { isUnknownTo } from '../providers/profiles.ts';
import type { ProviderProfile } from '../providers/provider-profile.ts';
import type { GenerateInput } from './generate-input.ts';
import { actionsOfRight, grantStatements } from './grant-statements.ts';
import { oneOrMany } from './one-or-many.ts';
import { accessPointNames, bucketNames, literal, partitionOf, type ResourceNames } from './resource-names.ts';

/** What documents are made out of. */
export interface DocumentParts {
  readonly input: GenerateInput;
  readonly profile: ProviderProfile;
  readonly grants: readonly Grant[];
  readonly ownFolder: string;
}

/** Rights of the principal, or what hands them on to the access point, and the add-ons. Null where there is nothing to say. */
export const bucketPolicy = (parts: DocumentParts): PolicyDocument | null => {
  const { input, profile, grants, ownFolder } = parts;
  const names = bucketNames(input.bucket, partitionOf(input.region));
  const statements = [
    ...(input.accessPoint !== undefined
      ? [delegation(parts, names)]
      : input.principal === undefined || !namesUsers(profile)
        ? []
        : grantStatements(grants, { names, ownFolder, principal: { AWS: input.principal } })),
    ...addOnStatements(parts, names),
  ];
  return statements.length === 0 ? null : { Version: '2012-10-17', Statement: statements };
};

/** Users without policies of their own have no ARN that a bucket policy could name. */
export const namesUsers = ({ policyKinds }: ProviderProfile): boolean =>
  policyKinds.includes('bucket') && policyKinds.includes('identity');

/** What the principal may do through the access point; listings are held to their prefix here. */
export const accessPointPolicy = ({ input, grants, ownFolder }: DocumentParts): PolicyDocument | null =>
  input.accessPoint === undefined || input.principal === undefined
    ? null
    : {
        Version: '2012-10-17',
        Statement: grantStatements(throughAccessPoint(grants), {
          names: accessPointNames(accessPointArn(input)),
          ownFolder,
          principal: { AWS: input.principal },
        }),
      };

/** The region stands in the access point's ARN: nobody has to ask for it. */
export const throughAccessPoint = (grants: readonly Grant[]): Grant[] =>
  grants.filter(({ right }) => right !== 'locate');

/** ARN of the access point of `input`. Its parts were checked to be there. */
export const accessPointArn = ({ region = '', accountId = '', accessPoint }: GenerateInput): string =>
  `arn:${partitionOf(region)}:s3:${region}:${accountId}:accesspoint/${accessPoint?.name ?? ''}`;

/**
 * Leaves the decision to the access point's policy, for the actions of the job and for no other access point.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html (delegating access control)
 */
const delegation = ({ input, grants }: DocumentParts, names: ResourceNames): Statement => {
  const handed = throughAccessPoint(grants);
  const lists = handed.some(({ right }) => right === 'list');
  const folders = foldersOf(handed.filter(({ right }) => right !== 'list'));
  return {
    Sid: 'DelegateToAccessPoint',
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action: oneOrMany([...new Set(handed.flatMap(({ right }) => actionsOfRight[right]))]),
    Resource: oneOrMany([...(lists ? [names.bucket] : []), ...folders.map((folder) => below(names, folder))]),
    Condition: { StringEquals: { 's3:DataAccessPointArn': accessPointArn(input) } },
  };
};

const below = (names: ResourceNames, folder: string): string => names.object(`${literal(folder)}*`);

const addOnStatements = ({ input, profile, grants }: DocumentParts, names: ResourceNames): Statement[] => [
  ...(input.addOns?.writeOnce === true && canWriteOnce(profile) ? writeOnce(grants, names) : []),
  ...(input.addOns?.tlsOnly === true && profile.tls !== false ? [tlsOnly(names, profile)] : []),
];

/** The provider follows `If-None-Match`, and its policies can ask for it. */
export const canWriteOnce = ({
  conditionalWrites,
  unknownConditionKeys,
  unknownOperators,
}: ProviderProfile): boolean =>
  conditionalWrites === true &&
  !unknownOperators.includes('Null') &&
  !isUnknownTo(unknownConditionKeys, 's3:if-none-match') &&
  !isUnknownTo(unknownConditionKeys, 's3:ObjectCreationOperation');

/**
 * Refuses uploads that do not say `If-None-Match: *`. Starting an upload and sending its parts make no object and are
 * spared by the second condition. CopyObject, which cannot send the header, is refused too.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html
 */
const writeOnce = (grants: readonly Grant[], names: ResourceNames): Statement[] => {
  const folders = foldersOf(grants.filter(({ right }) => right === 'write'));
  if (folders.length === 0) return [];
  return [
    {
      Sid: 'WriteOnce',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:PutObject',
      Resource: oneOrMany(folders.map((folder) => below(names, folder))),
      Condition: { Null: { 's3:if-none-match': 'true' }, Bool: { 's3:ObjectCreationOperation': 'true' } },
    },
  ];
};

/** Where an absent key makes a condition false, `IfExists` makes it true again; on AWS the key is always there. */
const tlsOnly = (names: ResourceNames, { absentKeyNegated }: ProviderProfile): Statement => ({
  Sid: 'TlsOnly',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: [names.bucket, names.object('*')],
  Condition: { [absentKeyNegated === true ? 'Bool' : 'BoolIfExists']: { 'aws:SecureTransport': 'false' } },
});
