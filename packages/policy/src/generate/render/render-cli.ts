import { formatLifecycle, formatPolicy } from '../format-policy.ts';
import type { GenerateInput } from '../generate-input.ts';
import type { GeneratedDocuments } from '../generated.ts';
import { setUpOf, type RenderOptions, type SetUp } from './set-up.ts';
import { shellCommand, shellComment } from './shell.ts';

/** The AWS CLI reads a document from its standard input by this name. */
const fromStdin = 'file:///dev/stdin';

/**
 * The whole set-up as commands of the AWS CLI, for a POSIX shell. It can be run again: what exists is put once more,
 * and only the commands that create something fail then.
 */
export const renderCli = (
  documents: GeneratedDocuments,
  input: GenerateInput,
  options: RenderOptions = {},
): string => {
  const setUp = setUpOf(documents, input, options);
  const blocks = [
    shellComment(`Set-up of the bucket ${input.bucket}. Read it before you run it.`),
    ...bucketBlocks(setUp),
    ...accessPointBlocks(setUp),
    ...holderBlocks(setUp),
    ...documents.notes.map(({ title, lines }) => [title, ...lines].map(shellComment).join('\n')),
  ];
  return `${blocks.join('\n\n')}\n`;
};

const bucketBlocks = (setUp: SetUp): string[] => {
  const { input, documents, profile, region } = setUp;
  const s3 = (verb: string, flags: string[][], document?: string): string =>
    shellCommand(['aws', 's3api', verb], [['--bucket', input.bucket], ...place(setUp), ...flags], document);
  const has = (setting: (typeof profile.bucketSettings)[number]): boolean =>
    profile.bucketSettings.includes(setting);
  return [
    ...(setUp.createBucket
      ? [
          s3(
            'create-bucket',
            // us-east-1 is the one region that S3 refuses by name.
            region === 'us-east-1' ? [] : [['--create-bucket-configuration', `LocationConstraint=${region}`]],
          ),
        ]
      : []),
    ...(has('publicAccess')
      ? [
          s3('put-public-access-block', [
            [
              '--public-access-block-configuration',
              // Ceph 16 refuses every upload, the owner's too, where BlockPublicAcls is on (measured).
              `BlockPublicAcls=${input.provider !== 'ceph'},IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true`,
            ],
          ]),
        ]
      : []),
    ...(has('ownership')
      ? [
          s3('put-bucket-ownership-controls', [
            ['--ownership-controls', 'Rules=[{ObjectOwnership=BucketOwnerEnforced}]'],
          ]),
        ]
      : []),
    ...(has('encryption')
      ? [
          s3(
            'put-bucket-encryption',
            [['--server-side-encryption-configuration', fromStdin]],
            json(encryption(input)),
          ),
        ]
      : []),
    ...(documents.cors === null
      ? []
      : [s3('put-bucket-cors', [['--cors-configuration', fromStdin]], json({ CORSRules: documents.cors }))]),
    ...(documents.lifecycle === null
      ? []
      : [
          s3(
            'put-bucket-lifecycle-configuration',
            [['--lifecycle-configuration', fromStdin]],
            formatLifecycle(documents.lifecycle),
          ),
        ]),
    ...(documents.bucketPolicy === null
      ? []
      : [s3('put-bucket-policy', [['--policy', fromStdin]], formatPolicy(documents.bucketPolicy))]),
  ];
};

const json = (value: unknown): string => JSON.stringify(value, null, 2);

const encryption = ({ addOns }: GenerateInput) => ({
  Rules: [
    addOns?.kmsKey === undefined
      ? { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }
      : {
          ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: addOns.kmsKey },
          BucketKeyEnabled: true,
        },
  ],
});

const accessPointBlocks = ({ input, documents, region }: SetUp): string[] => {
  if (input.accessPoint === undefined || documents.accessPointPolicy === null) return [];
  const flags = [
    ['--account-id', input.accountId ?? ''],
    ['--name', input.accessPoint.name],
    ['--region', region],
  ];
  return [
    shellCommand(['aws', 's3control', 'create-access-point'], [...flags, ['--bucket', input.bucket]]),
    shellCommand(
      ['aws', 's3control', 'put-access-point-policy'],
      [...flags, ['--policy', fromStdin]],
      formatPolicy(documents.accessPointPolicy),
    ),
  ];
};

const holderBlocks = (setUp: SetUp): string[] => {
  const { input, documents, holder, name } = setUp;
  if (documents.identity === null) return [];
  const iam = (verb: string, flags: string[][], document?: string): string =>
    shellCommand(
      ['aws', 'iam', verb],
      [...flags, ...(setUp.endpoint === null ? [] : place(setUp))],
      document,
    );
  if (holder === null)
    return [
      shellComment(
        `In the account ${input.principal ?? ''}, give whoever is to use the bucket the identity policy.`,
      ),
    ];
  const flag = `--${holder.kind}-name`;
  const policy = iam(
    `put-${holder.kind}-policy`,
    [
      [flag, holder.name],
      ['--policy-name', name],
      ['--policy-document', fromStdin],
    ],
    formatPolicy(documents.identity),
  );
  if (!holder.create)
    return [
      `${shellComment(`With administrator rights in the account of ${input.principal ?? ''}:`)}\n${policy}`,
    ];
  if (holder.kind === 'user')
    return [
      iam('create-user', [[flag, holder.name]]),
      policy,
      `${shellComment('Prints the secret, once.')}\n${iam('create-access-key', [[flag, holder.name]])}`,
    ];
  return [
    ...(setUp.identityProviderArn === null || input.webIdentity === undefined
      ? []
      : [
          iam('create-open-id-connect-provider', [
            ['--url', `https://${input.webIdentity.issuer}`],
            ['--client-id-list', input.webIdentity.audience],
          ]),
        ]),
    ...(documents.trust === null
      ? []
      : [
          iam(
            'create-role',
            [
              [flag, holder.name],
              ['--assume-role-policy-document', fromStdin],
            ],
            formatPolicy(documents.trust),
          ),
        ]),
    policy,
  ];
};

const place = ({ region, endpoint }: SetUp): string[][] => [
  ['--region', region],
  ...(endpoint === null ? [] : [['--endpoint-url', endpoint]]),
];
