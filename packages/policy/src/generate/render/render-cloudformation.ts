import type { CorsRule } from '../../cors/cors-rule.ts';
import type { GenerateInput } from '../generate-input.ts';
import type { GeneratedDocuments, LifecycleDocument } from '../generated.ts';
import { PolicyInputError } from '../policy-input-error.ts';
import { setUpOf, type RenderOptions, type SetUp } from './set-up.ts';
import { yaml } from './yaml.ts';

/**
 * The whole set-up as a CloudFormation template in YAML. Null for all providers but AWS.
 * Nothing in it goes through Fn::Sub, so that policy variables stay as they are. Throws a PolicyInputError for text that
 * CloudFormation would take for a dynamic reference: there is no way to write it literally.
 */
export const renderCloudFormation = (
  documents: GeneratedDocuments,
  input: GenerateInput,
  options: RenderOptions = {},
): string | null => {
  if (input.provider !== 'aws') return null;
  for (const field of ['prefix', 'outputPrefix'] as const)
    if (input[field]?.includes('{{resolve:') === true)
      throw new PolicyInputError(field, 'holds {{resolve:, which CloudFormation would look up');
  const setUp = setUpOf(documents, input, options);
  const resources = { ...bucketResources(setUp), ...accessPointResources(setUp), ...holderResources(setUp) };
  const comments = commentsOf(setUp).map((line) => `# ${line}\n`);
  return `${comments.join('')}${yaml({
    AWSTemplateFormatVersion: '2010-09-09',
    Description: `Set-up of the bucket ${input.bucket}`,
    Resources: resources,
    Outputs:
      setUp.holder?.kind === 'role' && setUp.holder.create
        ? { RoleArn: { Value: { 'Fn::GetAtt': ['Role', 'Arn'] } } }
        : undefined,
  }).trimStart()}\n`;
};

const commentsOf = ({ input, holder, createBucket }: SetUp): string[] => [
  ...(holder?.create === true
    ? ['Users and roles with a name need the capability CAPABILITY_NAMED_IAM.']
    : []),
  ...(createBucket
    ? []
    : ['CloudFormation cannot set CORS, lifecycle and encryption of a bucket that it did not make.']),
  ...(holder?.create === true && holder.kind === 'user'
    ? ['Make the access key by hand: here its secret would stand in the outputs.']
    : []),
  ...(holder?.create === true || input.principal === undefined
    ? []
    : [`${input.principal} lives in its own account. Give it the identity policy there.`]),
];

/** Logical id -> resource, as plain data. */
type Resources = Record<string, unknown>;

const bucketResources = ({ input, documents, createBucket }: SetUp): Resources => ({
  ...(createBucket && {
    Bucket: {
      Type: 'AWS::S3::Bucket',
      // A deleted stack takes no pictures with it.
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BucketName: input.bucket,
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        BucketEncryption: { ServerSideEncryptionConfiguration: [encryption(input)] },
        CorsConfiguration: documents.cors === null ? undefined : { CorsRules: documents.cors.map(corsRule) },
        LifecycleConfiguration:
          documents.lifecycle === null ? undefined : { Rules: documents.lifecycle.Rules.map(lifecycleRule) },
      },
    },
  }),
  ...(documents.bucketPolicy !== null && {
    BucketPolicy: {
      Type: 'AWS::S3::BucketPolicy',
      ...(createBucket && { DependsOn: 'Bucket' }),
      Properties: { Bucket: input.bucket, PolicyDocument: documents.bucketPolicy },
    },
  }),
});

const encryption = ({ addOns }: GenerateInput) =>
  addOns?.kmsKey === undefined
    ? { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }
    : {
        BucketKeyEnabled: true,
        ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: addOns.kmsKey },
      };

const corsRule = (rule: CorsRule) => ({
  Id: rule.ID,
  AllowedOrigins: rule.AllowedOrigins,
  AllowedMethods: rule.AllowedMethods,
  AllowedHeaders: rule.AllowedHeaders,
  ExposedHeaders: rule.ExposeHeaders,
  MaxAge: rule.MaxAgeSeconds,
});

const lifecycleRule = (rule: LifecycleDocument['Rules'][number]) => ({
  Id: rule.ID,
  Status: rule.Status,
  Prefix: rule.Filter.Prefix,
  AbortIncompleteMultipartUpload:
    rule.AbortIncompleteMultipartUpload === undefined
      ? undefined
      : { DaysAfterInitiation: rule.AbortIncompleteMultipartUpload.DaysAfterInitiation },
});

const accessPointResources = ({ input, documents, createBucket }: SetUp): Resources =>
  input.accessPoint === undefined || documents.accessPointPolicy === null
    ? {}
    : {
        AccessPoint: {
          Type: 'AWS::S3::AccessPoint',
          ...(createBucket && { DependsOn: 'Bucket' }),
          Properties: {
            Bucket: input.bucket,
            Name: input.accessPoint.name,
            Policy: documents.accessPointPolicy,
          },
        },
      };

const holderResources = ({ input, documents, holder, name, identityProviderArn }: SetUp): Resources => {
  if (documents.identity === null || holder?.create !== true) return {};
  const Policies = [{ PolicyName: name, PolicyDocument: documents.identity }];
  if (documents.trust === null)
    return { User: { Type: 'AWS::IAM::User', Properties: { UserName: holder.name, Policies } } };
  return {
    ...(identityProviderArn !== null &&
      input.webIdentity !== undefined && {
        IdentityProvider: {
          Type: 'AWS::IAM::OIDCProvider',
          Properties: {
            Url: `https://${input.webIdentity.issuer}`,
            ClientIdList: [input.webIdentity.audience],
          },
        },
      }),
    Role: {
      Type: 'AWS::IAM::Role',
      ...(identityProviderArn !== null && { DependsOn: 'IdentityProvider' }),
      Properties: {
        RoleName: holder.name,
        AssumeRolePolicyDocument: documents.trust,
        Policies,
      },
    },
  };
};
