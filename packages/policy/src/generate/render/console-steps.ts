import { formatCors, formatLifecycle, formatPolicy } from '../format-policy.ts';
import type { GenerateInput } from '../generate-input.ts';
import type { GeneratedDocuments } from '../generated.ts';
import { bucketSettings } from './bucket-settings.ts';
import { setUpOf, type RenderOptions, type SetUp } from './set-up.ts';

/** One page of the provider's console: where it is, what to do there, and what to paste. */
export interface ConsoleStep {
  readonly title: string;
  /** Where in the console, in its own words: `S3 > General purpose buckets`. */
  readonly where: string;
  readonly lines: readonly string[];
  /** A document to paste. */
  readonly copy?: string;
}

/**
 * The set-up as steps in the AWS console, in the words that stand there. For other providers: their own steps, and the
 * documents that they take.
 */
export const consoleSteps = (
  documents: GeneratedDocuments,
  input: GenerateInput,
  options: RenderOptions = {},
): ConsoleStep[] => {
  const setUp = setUpOf(documents, input, options);
  if (input.provider !== 'aws') return otherSteps(setUp);
  return [...bucketSteps(setUp), ...accessPointSteps(setUp), ...holderSteps(setUp)];
};

/** The page of the embedded bucket makes users and roles; the bucket and its rules are for S3 calls. */
const embeddedBucketSteps = ({ createBucket, profile, input }: SetUp): ConsoleStep[] =>
  createBucket
    ? [
        {
          title: 'Make the bucket',
          where: profile.name,
          lines: [
            'The simple way, where a connection is made, is the tab “Windlass sets it up”: it does all of this.',
            `By hand: S3’s CreateBucket for ${input.bucket}, with any S3 client and the administrator’s keys, unless it is there.`,
            'The keys stand in bucket/users.json in the data folder, under the user windlass.',
          ],
        },
      ]
    : [];

const rulesLine = ({ input }: SetUp, call: string): string =>
  input.provider === 'embedded'
    ? `For the bucket ${input.bucket}: by S3’s ${call} with the administrator’s keys, or let Windlass set it up.`
    : `For the bucket ${input.bucket}.`;

const otherSteps = (setUp: SetUp): ConsoleStep[] => [
  ...(setUp.input.provider === 'embedded' ? embeddedBucketSteps(setUp) : []),
  ...documentSteps(setUp),
  ...(setUp.input.provider !== 'embedded' || setUp.documents.lifecycle === null
    ? []
    : [
        {
          title: 'Lifecycle rules',
          where: setUp.profile.name,
          lines: [rulesLine(setUp, 'PutBucketLifecycleConfiguration')],
          copy: formatLifecycle(setUp.documents.lifecycle),
        },
      ]),
];

const documentSteps = (setUp: SetUp): ConsoleStep[] => {
  const { documents, profile, input } = setUp;
  return [
    ...documents.notes
      .filter(({ kind }) => kind === 'steps')
      .map(({ title, lines }) => ({ title, where: profile.name, lines })),
    ...(documents.identity === null
      ? []
      : [
          {
            title: 'Identity policy',
            where: profile.name,
            lines: [
              documents.trust === null
                ? 'For the user whose keys are given.'
                : 'For the role that is assumed.',
              ...(input.provider === 'embedded' ? [`Its name: ${setUp.name}`] : []),
            ],
            copy: formatPolicy(documents.identity),
          },
        ]),
    ...(documents.trust === null
      ? []
      : [
          {
            title: 'Trust policy',
            where: profile.name,
            lines: ['For the same role: who may assume it.'],
            copy: formatPolicy(documents.trust),
          },
        ]),
    ...(documents.bucketPolicy === null
      ? []
      : [
          {
            title: 'Bucket policy',
            where: profile.name,
            lines: [rulesLine(setUp, 'PutBucketPolicy')],
            copy: formatPolicy(documents.bucketPolicy),
          },
        ]),
    ...(documents.cors === null
      ? []
      : [
          {
            title: 'CORS rules',
            where: profile.name,
            lines: [rulesLine(setUp, 'PutBucketCors')],
            copy: formatCors(documents.cors),
          },
        ]),
  ];
};

const bucketSteps = (setUp: SetUp): ConsoleStep[] => {
  const { input, documents, region } = setUp;
  const bucketPage = `S3 > General purpose buckets > ${input.bucket}`;
  return [
    ...(setUp.createBucket
      ? [
          {
            title: 'Create the bucket',
            where: 'S3 > General purpose buckets > Create bucket',
            lines: [
              `AWS Region: ${region} (the selector at the top right)`,
              `Bucket name: ${input.bucket}`,
              ...bucketSettings(input, documents)
                .filter(({ name }) => name !== 'lifecycle')
                .map(({ title, recommended }) => `${title}: ${recommended}`),
              ...(input.addOns?.kmsKey === undefined
                ? []
                : [`AWS KMS key: Enter AWS KMS key ARN > ${input.addOns.kmsKey}`]),
              'Create bucket',
            ],
          },
        ]
      : []),
    ...(documents.bucketPolicy === null
      ? []
      : [
          {
            title: 'Paste the bucket policy',
            where: `${bucketPage} > Permissions > Bucket policy > Edit`,
            lines: ['If there is one already, add the statements to it.', 'Save changes'],
            copy: formatPolicy(documents.bucketPolicy),
          },
        ]),
    ...(documents.cors === null
      ? []
      : [
          {
            title: 'Let pages of these origins in',
            where: `${bucketPage} > Permissions > Cross-origin resource sharing (CORS) > Edit`,
            lines: ['What you paste replaces all rules: keep those that others need.', 'Save changes'],
            copy: formatCors(documents.cors),
          },
        ]),
    ...(documents.lifecycle?.Rules ?? []).map((rule) => ({
      title: 'Remove uploads that nobody completes',
      where: `${bucketPage} > Management > Lifecycle rules > Create lifecycle rule`,
      lines: [
        `Lifecycle rule name: ${rule.ID}`,
        rule.Filter.Prefix === ''
          ? 'Choose a rule scope: Apply to all objects in the bucket'
          : `Choose a rule scope: Limit the scope of this rule using one or more filters > Prefix: ${rule.Filter.Prefix}`,
        'Lifecycle rule actions: Delete expired object delete markers or incomplete multipart uploads',
        `Delete incomplete multipart uploads > Number of days: ${rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation ?? ''}`,
        'Create rule',
      ],
    })),
  ];
};

const accessPointSteps = ({ input, documents }: SetUp): ConsoleStep[] =>
  input.accessPoint === undefined || documents.accessPointPolicy === null
    ? []
    : [
        {
          title: 'Create the access point',
          where: 'S3 > Access Points > Create access point',
          lines: [
            `Access point name: ${input.accessPoint.name}`,
            `Bucket name: ${input.bucket}`,
            'Network origin: Internet',
            'Block Public Access settings for this access point: Block all public access',
            'Paste the access point policy, then Create access point',
          ],
          copy: formatPolicy(documents.accessPointPolicy),
        },
      ];

const holderSteps = (setUp: SetUp): ConsoleStep[] => {
  const { input, documents, holder, name } = setUp;
  if (documents.identity === null) return [];
  const policy: ConsoleStep = {
    title: 'Create the policy',
    where: 'IAM > Policies > Create policy > JSON',
    lines: ['Paste it in place of what stands there, then Next', `Policy name: ${name}`, 'Create policy'],
    copy: formatPolicy(documents.identity),
  };
  if (holder?.create !== true)
    return [
      { ...policy, lines: [`Sign in to the account of ${input.principal ?? ''}.`, ...policy.lines] },
      {
        title: 'Attach the policy',
        where: `IAM > Policies > ${name} > Entities attached > Attach`,
        lines: [
          holder === null
            ? 'Choose who is to use the bucket, then Attach policy'
            : `Choose ${holder.name}, then Attach policy`,
        ],
      },
    ];
  return holder.kind === 'role'
    ? [...identityProviderSteps(setUp), policy, ...roleSteps(setUp)]
    : [policy, ...userSteps(setUp)];
};

const userSteps = ({ name }: SetUp): ConsoleStep[] => [
  {
    title: 'Create the user',
    where: 'IAM > Users > Create user',
    lines: [
      `User name: ${name}`,
      'Leave "Provide user access to the AWS Management Console" unchecked, then Next',
      `Permissions options: Attach policies directly > check ${name}, then Next`,
      'Create user',
    ],
  },
  {
    title: 'Create its access key',
    where: `IAM > Users > ${name} > Security credentials > Access keys > Create access key`,
    lines: [
      'Use case: Application running outside AWS, then Next',
      'Create access key',
      'Copy Access key and Secret access key: the secret is shown once.',
    ],
  },
];

const identityProviderSteps = ({ input, identityProviderArn }: SetUp): ConsoleStep[] =>
  identityProviderArn === null || input.webIdentity === undefined
    ? []
    : [
        {
          title: 'Add the identity provider',
          where: 'IAM > Identity providers > Add provider',
          lines: [
            'Provider type: OpenID Connect',
            `Provider URL: https://${input.webIdentity.issuer}`,
            `Audience: ${input.webIdentity.audience}`,
            'Add provider',
          ],
        },
      ];

const roleSteps = ({ documents, name }: SetUp): ConsoleStep[] => [
  {
    title: 'Create the role',
    where: 'IAM > Roles > Create role > Custom trust policy',
    lines: [
      'Paste the trust policy in place of what stands there, then Next',
      `Permissions policies: check ${name}, then Next`,
      `Role name: ${name}`,
      'Create role, then copy its ARN',
    ],
    ...(documents.trust !== null && { copy: formatPolicy(documents.trust) }),
  },
];
