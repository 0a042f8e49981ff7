import type { Grant, Right } from '../../jobs/grants.ts';
import type { GenerateInput } from '../generate-input.ts';
import type { ProviderNote } from '../generated.ts';
import { hasOwnFolders, isForRole } from '../own-folder.ts';
import { limit, steps } from './note.ts';

/** For providers with consoles of their own: how to make the narrowest key, and what it can do beyond the job. */
export const keyNotes = (input: GenerateInput, grants: readonly Grant[]): ProviderNote[] => {
  switch (input.provider) {
    case 'r2':
      return r2(input, grants);
    case 'b2':
      return b2(input, grants);
    case 'spaces':
      return spaces(input, grants);
    case 'minio':
      return minio(input);
    case 'ceph':
      return ceph(input);
    case 'embedded':
      return [embedded(input)];
    case 'aws':
    case 'wasabi':
    case 'other':
      return [];
  }
};

const wants = (grants: readonly Grant[], ...rights: Right[]): boolean =>
  grants.some(({ right }) => rights.includes(right));

const wholeBucket = ({ prefix }: GenerateInput): string =>
  prefix === '' ? '' : `It reaches the whole bucket, not ${prefix} only.`;

const excessLine = (
  grants: readonly Grant[],
  has: readonly Right[],
  words: Readonly<Partial<Record<Right, string>>>,
): string => {
  const excess = has.filter((right) => !wants(grants, right)).flatMap((right) => words[right] ?? []);
  return excess.length === 0 ? '' : `It can also ${excess.join(', ')}.`;
};

const words = { read: 'read', write: 'upload', delete: 'delete', list: 'list' } as const;

const limits = (title: string, ...lines: string[]): ProviderNote[] => {
  const said = lines.filter((line) => line !== '');
  return said.length === 0 ? [] : [limit(title, said)];
};

const nameOf = ({ name, bucket }: GenerateInput): string => name ?? `windlass-${bucket}`.slice(0, 64);

const r2 = (input: GenerateInput, grants: readonly Grant[]): ProviderNote[] => {
  const writes = wants(grants, 'write', 'delete');
  return [
    steps('Make an R2 API token', [
      'Cloudflare dashboard > R2 Object Storage > API > Manage API Tokens > Create User API token.',
      `Token name: ${nameOf(input)}`,
      `Permissions: ${writes ? 'Object Read & Write' : 'Object Read only'}`,
      `Specify bucket(s): Apply to specific buckets only > ${input.bucket}`,
      'Create API Token, then copy Access Key ID and Secret Access Key: they are shown once.',
    ]),
    ...limits(
      'The token is wider than the job',
      wholeBucket(input),
      excessLine(grants, writes ? ['read', 'write', 'delete', 'list'] : ['read', 'list'], words),
      input.prefix === ''
        ? ''
        : `Temporary credentials can be cut down: POST /accounts/ACCOUNT_ID/r2/temp-access-credentials with "permission": "${writes ? 'object-read-write' : 'object-read-only'}" and "prefixes": [${JSON.stringify(input.prefix)}], for 604800 seconds at most.`,
      hasOwnFolders(grants) ? 'Members cannot be told apart.' : '',
    ),
  ];
};

/** Capabilities of an application key (b2_create_key). Deleting by name needs both of the last two. */
const b2Capabilities: Readonly<Record<Right, readonly string[]>> = {
  read: ['readFiles'],
  write: ['writeFiles'],
  resume: ['writeFiles'],
  delete: ['writeFiles', 'deleteFiles'],
  list: ['listFiles'],
  locate: [],
};

const b2 = (input: GenerateInput, grants: readonly Grant[]): ProviderNote[] => {
  const prefixes = new Set(grants.filter(({ right }) => right !== 'locate').map(({ prefix }) => prefix));
  const prefix = commonFolder([...prefixes]);
  const capabilities = [
    'listBuckets',
    'listAllBucketNames',
    ...new Set(grants.flatMap(({ right }) => b2Capabilities[right])),
  ];
  return [
    steps('Make an application key', [
      'Call b2_create_key with a key that has writeKeys:',
      JSON.stringify({
        accountId: 'ACCOUNT_ID',
        bucketId: 'BUCKET_ID',
        capabilities,
        keyName: nameOf(input).replaceAll(/[^A-Za-z0-9-]/g, '-'),
        ...(prefix !== '' && { namePrefix: prefix }),
      }),
      'It answers applicationKeyId (the access key ID) and applicationKey (the secret, shown once).',
      'listAllBucketNames lets S3 clients list the names of your buckets; keys that are held to one bucket need it for them.',
    ]),
    ...(wants(grants, 'write')
      ? [
          steps('Let unfinished uploads be cancelled', [
            'Buckets > Lifecycle Settings, or b2_update_bucket with lifecycleRules:',
            JSON.stringify([{ fileNamePrefix: prefix, daysFromStartingToCancelingUnfinishedLargeFiles: 7 }]),
          ]),
        ]
      : []),
    ...limits(
      'The key is wider than the job',
      prefixes.size > 1
        ? `A key has one name prefix: each of its rights reaches ${prefix === '' ? 'the whole bucket' : `all of ${prefix}`}.`
        : '',
      hasOwnFolders(grants) ? 'Make one key for each member, with the member’s folder as name prefix.' : '',
    ),
  ];
};

/** The longest folder that holds all of them; empty for the bucket. */
const commonFolder = (prefixes: readonly string[]): string => {
  const [first = '', ...others] = prefixes;
  let common = first;
  while (!others.every((one) => one.startsWith(common)))
    common = common.slice(0, common.lastIndexOf('/', common.length - 2) + 1);
  return common;
};

const spaces = (input: GenerateInput, grants: readonly Grant[]): ProviderNote[] => {
  const writes = wants(grants, 'write', 'delete');
  return [
    steps('Make a Spaces access key', [
      'Control panel > Spaces Object Storage > Access Keys > Create Access Key.',
      'Access Scope: Limited Access',
      `Select buckets: ${input.bucket}, Permissions: ${writes ? 'Read/Write/Delete' : 'Read'}`,
      `Name: ${nameOf(input)}`,
      'Create Access Key, then copy the access key and the secret key: the secret is shown once.',
    ]),
    ...limits(
      'The key is wider than the job',
      wholeBucket(input),
      excessLine(grants, writes ? ['read', 'write', 'delete', 'list'] : ['read', 'list'], words),
      hasOwnFolders(grants) ? 'Members cannot be told apart.' : '',
    ),
  ];
};

const minio = (input: GenerateInput): ProviderNote[] => [
  steps('Attach the policy to a user', [
    'Save the identity policy as policy.json. ALIAS is what mc alias set named the server.',
    `mc admin policy create ALIAS ${nameOf(input)} policy.json`,
    `mc admin user add ALIAS ${nameOf(input)}`,
    `mc admin policy attach ALIAS ${nameOf(input)} --user ${nameOf(input)}`,
    `mc admin accesskey create ALIAS ${nameOf(input)}`,
  ]),
];

const ceph = (input: GenerateInput): ProviderNote[] => [
  steps('Attach the policy to a user', [
    `radosgw-admin user create --uid=${nameOf(input)} --display-name=${nameOf(input)} --max-buckets=-1`,
    'Then send PutUserPolicy with the identity policy to the gateway, as a user with the capability user-policy=*.',
    'Put the policy again after each change of the user’s keys: release 16 drops it then.',
  ]),
  limit('Uploaders own what they upload', [
    'A user may read and delete nothing here, but may read back and share an object that the user uploaded. Credentials of a role may not: use AssumeRole where you can.',
  ]),
];

const embedded = (input: GenerateInput): ProviderNote => {
  const name = nameOf(input);
  const policyLine = `Add a policy > name it ${name} and paste the identity policy.`;
  if (!isForRole(input))
    return steps('Make a user on the Embedded bucket page', [
      `Connections > Embedded bucket > Users > New user, with the name ${name}.`,
      policyLine,
      'New key, then copy the access key id and the secret access key: the secret is shown once.',
    ]);
  return steps('Make a role on the Embedded bucket page', [
    ...(input.webIdentity === undefined
      ? []
      : [
          'Register the issuer first: aws iam create-open-id-connect-provider, with the administrator’s keys.',
        ]),
    `Connections > Embedded bucket > Roles > New role, with the name ${name}.`,
    'Trust policy > Edit > paste the trust policy.',
    policyLine,
    'Copy the ARN of the role.',
  ]);
};
