import { accountOfArn } from '../match/arn.ts';
import type { ApiCall, RequiredAction } from './api-call.ts';
import { callContext, readParameters } from './call-context.ts';
import { operationOf, versionAction, type Operation } from './operations.ts';

/** A call whose operation S3 does not have, or that lacks what it acts on. */
export class ApiCallError extends Error {
  override readonly name = 'ApiCallError';
}

/** A bucket may be given as the ARN of an access point, under which objects have a level of their own. */
const resourceOf = (bucket: string, key: string | undefined, partition: string): string => {
  const isArn = bucket.startsWith('arn:');
  const base = isArn ? bucket : `arn:${partition}:s3:::${bucket}`;
  return key === undefined ? base : `${base}${isArn ? '/object' : ''}/${key}`;
};

interface Extra {
  readonly action: string;
  readonly because: string;
}

/** Headers that let an upload do what another action grants. */
const headerActions: readonly (readonly [header: string, action: string, does: string])[] = [
  ['x-amz-tagging', 's3:PutObjectTagging', 'sets tags'],
  ['x-amz-acl', 's3:PutObjectAcl', 'sets the ACL'],
  ['x-amz-grant-', 's3:PutObjectAcl', 'sets the ACL'],
  ['x-amz-object-lock-mode', 's3:PutObjectRetention', 'sets a retention'],
  ['x-amz-object-lock-retain-until-date', 's3:PutObjectRetention', 'sets a retention'],
  ['x-amz-object-lock-legal-hold', 's3:PutObjectLegalHold', 'sets a legal hold'],
];

const extrasOf = (operation: Operation, parameters: ReadonlyMap<string, string>): Extra[] => {
  const extras: Extra[] = [];
  const add = (action: string, because: string): void => {
    if (!extras.some((extra) => extra.action === action)) extras.push({ action, because });
  };
  for (const [parameter, value] of parameters) {
    if (operation.action === 's3:PutObject')
      for (const [header, action, does] of headerActions)
        if (parameter.startsWith(header)) add(action, `the header ${parameter} ${does}`);
    if (parameter === 'x-amz-bypass-governance-retention' && value.toLowerCase() === 'true')
      add('s3:BypassGovernanceRetention', 'it asks to pass over a retention in governance mode');
  }
  if (operation.name === 'GetObjectAttributes')
    add(
      parameters.has('versionid') ? 's3:GetObjectVersion' : 's3:GetObject',
      'the attributes are part of the object',
    );
  return extras;
};

const kmsKeyHeader = 'x-amz-server-side-encryption-aws-kms-key-id';

/**
 * What a call needs from KMS when the object is encrypted with one of its keys. Every step of an upload in parts decrypts
 * too, to go on with what it has encrypted.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html
 */
const kmsActions = (operation: Operation, parameters: ReadonlyMap<string, string>): RequiredAction[] => {
  const key = parameters.get(kmsKeyHeader);
  const encrypted =
    key !== undefined || parameters.get('x-amz-server-side-encryption')?.startsWith('aws:kms') === true;
  if (!encrypted || operation.target !== 'object') return [];
  const resource = key !== undefined && accountOfArn(key) !== '' ? key : '*';
  const need = (action: string, because: string): RequiredAction => ({
    action,
    resource,
    context: {},
    because,
  });
  const decrypt = need('kms:Decrypt', 'the object is encrypted with a KMS key');
  if (operation.action === 's3:GetObject') return [decrypt];
  if (operation.action !== 's3:PutObject') return [];
  const encrypt = need('kms:GenerateDataKey', 'the object is encrypted with a KMS key');
  return operation.name.toLowerCase().includes('part') ? [encrypt, decrypt] : [encrypt];
};

/** What reading the source of a copy needs. */
const sourceActions = (
  { bucket, key }: NonNullable<ApiCall['source']>,
  parameters: ReadonlyMap<string, string>,
  partition: string,
): RequiredAction[] => {
  const query = key.lastIndexOf('?versionId=');
  const resource = resourceOf(bucket, query < 0 ? key : key.slice(0, query), partition);
  const context: Record<string, string> =
    query < 0 ? {} : { 's3:versionid': key.slice(query + '?versionId='.length) };
  const version = query < 0 ? '' : 'Version';
  const read = { action: `s3:GetObject${version}`, resource, context, because: 'it reads the source' };
  return parameters.get('x-amz-tagging-directive')?.toUpperCase() === 'COPY'
    ? [
        read,
        { ...read, action: `s3:GetObject${version}Tagging`, because: 'it copies the tags of the source' },
      ]
    : [read];
};

/**
 * The actions that a call of the S3 API needs, with the condition keys that it brings: policies know actions only.
 *
 * @param partition of the ARNs: `aws`, `aws-cn` or `aws-us-gov`
 * @throws ApiCallError for an operation that S3 does not have, and for a call without the bucket, key or source it acts on
 * @example
 * requiredActions({ operation: 'HeadObject', bucket: 'media', key: 'a.jpg' })
 * // [{ action: 's3:GetObject', resource: 'arn:aws:s3:::media/a.jpg', context: {} }]
 */
export const requiredActions = (call: ApiCall, partition = 'aws'): readonly RequiredAction[] => {
  const operation = operationOf(call.operation);
  if (operation === null) throw new ApiCallError(`The S3 API has no operation ${call.operation}.`);
  const { target, name } = operation;
  if (target !== 'service' && call.bucket === '') throw new ApiCallError(`${name} needs a bucket.`);
  if (target === 'object' && (call.key ?? '') === '') throw new ApiCallError(`${name} needs a key.`);
  if (operation.copies && call.source === undefined) throw new ApiCallError(`${name} needs a source.`);
  const parameters = readParameters(call);
  const resource =
    target === 'service'
      ? '*'
      : resourceOf(call.bucket, target === 'object' ? call.key : undefined, partition);
  const versioned = parameters.has('versionid') ? versionAction(operation.action) : null;
  const action = versioned ?? operation.action;
  const need = (wanted: string): RequiredAction => ({
    action: wanted,
    resource,
    context: callContext(call, operation, wanted, parameters),
  });
  return [
    ...(call.source !== undefined && operation.copies
      ? sourceActions(call.source, parameters, partition)
      : []),
    need(action),
    ...extrasOf(operation, parameters).map(({ action: wanted, because }) => ({ ...need(wanted), because })),
    ...kmsActions(operation, parameters),
  ];
};
