import type { CorsRule } from '../../cors/cors-rule.ts';
import type { PolicyDocument } from '../../document/policy-document.ts';
import { formatPolicy } from '../format-policy.ts';
import type { GenerateInput } from '../generate-input.ts';
import type { GeneratedDocuments, LifecycleDocument } from '../generated.ts';
import { hclBlock, hclDocument, hclList, hclString, type HclEntry } from './hcl.ts';
import { setUpOf, type RenderOptions, type SetUp } from './set-up.ts';

/** The whole set-up for Terraform and OpenTofu. Null for all providers but AWS, whose resources these are. */
export const renderTerraform = (
  documents: GeneratedDocuments,
  input: GenerateInput,
  options: RenderOptions = {},
): string | null => {
  if (input.provider !== 'aws') return null;
  const setUp = setUpOf(documents, input, options);
  const blocks = [
    `# Set-up of the bucket ${input.bucket}.`,
    hclBlock('terraform', [
      ['required_providers', [['aws', '{ source = "hashicorp/aws", version = ">= 5.0" }']]],
    ]),
    hclBlock('provider "aws"', [['region', hclString(setUp.region)]]),
    ...bucketBlocks(setUp),
    ...accessPointBlocks(setUp),
    ...holderBlocks(setUp),
  ];
  return `${blocks.join('\n\n')}\n`;
};

const resource = (type: string, label: string, entries: readonly HclEntry[]): string =>
  hclBlock(`resource "${type}" "${label}"`, entries);

const bucketBlocks = ({ input, documents, createBucket }: SetUp): string[] => {
  const name: HclEntry = ['bucket', hclString(input.bucket)];
  const id: HclEntry = ['bucket', createBucket ? 'aws_s3_bucket.media.id' : 'data.aws_s3_bucket.media.id'];
  return [
    createBucket
      ? resource('aws_s3_bucket', 'media', [name])
      : hclBlock('data "aws_s3_bucket" "media"', [name]),
    resource('aws_s3_bucket_public_access_block', 'media', [
      id,
      ['block_public_acls', true],
      ['block_public_policy', true],
      ['ignore_public_acls', true],
      ['restrict_public_buckets', true],
    ]),
    resource('aws_s3_bucket_ownership_controls', 'media', [
      id,
      ['rule', [['object_ownership', hclString('BucketOwnerEnforced')]]],
    ]),
    resource('aws_s3_bucket_server_side_encryption_configuration', 'media', [
      id,
      ['rule', encryption(input)],
    ]),
    ...(documents.cors === null
      ? []
      : [
          resource('aws_s3_bucket_cors_configuration', 'media', [
            id,
            ...documents.cors.map((rule): HclEntry => ['cors_rule', corsRule(rule)]),
          ]),
        ]),
    ...(documents.lifecycle === null
      ? []
      : [
          resource('aws_s3_bucket_lifecycle_configuration', 'media', [
            id,
            ...documents.lifecycle.Rules.map((rule): HclEntry => ['rule', lifecycleRule(rule)]),
          ]),
        ]),
    ...(documents.bucketPolicy === null
      ? []
      : [
          resource('aws_s3_bucket_policy', 'media', [
            id,
            ['policy', policy(documents.bucketPolicy)],
            ['depends_on', '[aws_s3_bucket_public_access_block.media]'],
          ]),
        ]),
  ];
};

const policy = (document: PolicyDocument): string => hclDocument(formatPolicy(document));

const encryption = ({ addOns }: GenerateInput): HclEntry[] =>
  addOns?.kmsKey === undefined
    ? [['apply_server_side_encryption_by_default', [['sse_algorithm', hclString('AES256')]]]]
    : [
        ['bucket_key_enabled', true],
        [
          'apply_server_side_encryption_by_default',
          [
            ['sse_algorithm', hclString('aws:kms')],
            ['kms_master_key_id', hclString(addOns.kmsKey)],
          ],
        ],
      ];

const corsRule = (rule: CorsRule): HclEntry[] => [
  ['id', rule.ID === undefined ? null : hclString(rule.ID)],
  ['allowed_origins', hclList(rule.AllowedOrigins)],
  ['allowed_methods', hclList(rule.AllowedMethods)],
  ['allowed_headers', hclList(rule.AllowedHeaders ?? [])],
  ['expose_headers', hclList(rule.ExposeHeaders ?? [])],
  ['max_age_seconds', rule.MaxAgeSeconds ?? null],
];

const lifecycleRule = (rule: LifecycleDocument['Rules'][number]): HclEntry[] => [
  ['id', hclString(rule.ID)],
  ['status', hclString(rule.Status)],
  ['filter', [['prefix', hclString(rule.Filter.Prefix)]]],
  ...(rule.AbortIncompleteMultipartUpload === undefined
    ? []
    : [
        [
          'abort_incomplete_multipart_upload',
          [['days_after_initiation', rule.AbortIncompleteMultipartUpload.DaysAfterInitiation]],
        ] satisfies HclEntry,
      ]),
];

const accessPointBlocks = ({ input, documents, createBucket }: SetUp): string[] =>
  input.accessPoint === undefined || documents.accessPointPolicy === null
    ? []
    : [
        resource('aws_s3_access_point', 'media', [
          ['bucket', createBucket ? 'aws_s3_bucket.media.id' : 'data.aws_s3_bucket.media.id'],
          ['account_id', hclString(input.accountId ?? '')],
          ['name', hclString(input.accessPoint.name)],
          ['policy', policy(documents.accessPointPolicy)],
        ]),
      ];

const holderBlocks = ({ input, documents, holder, name, identityProviderArn }: SetUp): string[] => {
  if (documents.identity === null) return [];
  if (holder === null || !holder.create)
    return [`# ${input.principal ?? ''} lives in its own account. Give it the identity policy there.`];
  const { kind } = holder;
  return [
    ...(identityProviderArn === null || input.webIdentity === undefined
      ? []
      : [
          resource('aws_iam_openid_connect_provider', 'windlass', [
            ['url', hclString(`https://${input.webIdentity.issuer}`)],
            ['client_id_list', hclList([input.webIdentity.audience])],
          ]),
        ]),
    resource(`aws_iam_${kind}`, 'windlass', [
      ['name', hclString(holder.name)],
      ...(documents.trust === null
        ? []
        : [['assume_role_policy', policy(documents.trust)] satisfies HclEntry]),
      ...(identityProviderArn === null
        ? []
        : [['depends_on', '[aws_iam_openid_connect_provider.windlass]'] satisfies HclEntry]),
    ]),
    resource(`aws_iam_${kind}_policy`, 'windlass', [
      ['name', hclString(name)],
      [kind, `aws_iam_${kind}.windlass.name`],
      ['policy', policy(documents.identity)],
    ]),
    kind === 'role'
      ? hclBlock('output "role_arn"', [['value', 'aws_iam_role.windlass.arn']])
      : '# Make the access key by hand: here its secret would stand in the state file.',
  ];
};
