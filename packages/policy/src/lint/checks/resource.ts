import { replaceNode } from '../../reader/json-edit.ts';
import type { StatementView, TextValue } from '../../reader/policy-view.ts';
import { splitArn } from '../../match/arn.ts';
import { isStar } from '../../match/arn-pattern.ts';
import { hasWildcard } from '../../match/glob.ts';
import type { LintScope } from '../lint-scope.ts';
import { placeholderIn } from '../placeholder.ts';
import { bucketNameFault } from '../../match/bucket-name.ts';
import { readResourceArn, type ResourceArn } from '../../match/resource-arn.ts';
import { conditionOn, isDelegation, isDemand, reachOf } from '../statement-reach.ts';
import { ceilingKinds } from './statement.ts';

const partitions = new Set<string>([
  'aws',
  'aws-cn',
  'aws-us-gov',
  'aws-iso',
  'aws-iso-b',
  'aws-iso-e',
  'aws-iso-f',
  'aws-eusc',
]);
/** Actions whose only resource is the account, and the one that people need to find a bucket. */
const harmlessOnAllBuckets = new Set<string>(['s3:ListAllMyBuckets', 's3:GetBucketLocation']);

interface Place {
  readonly scope: LintScope;
  readonly statement: StatementView;
  readonly value: TextValue;
}

export const checkResources = (scope: LintScope, statement: StatementView): void => {
  for (const element of [statement.resource, statement.notResource])
    for (const value of element?.values ?? [])
      if (value.node.type === 'string') checkValue({ scope, statement, value });
  const { notResource } = statement;
  if (statement.effect === 'Allow' && notResource)
    scope.report(
      'S3R016',
      notResource.member.name,
      notResource.path,
      'Allow with NotResource allows the actions on everything else, in all buckets',
      statement.resource
        ? []
        : scope.fix('Name what is allowed: Resource', [replaceNode(notResource.member.name, '"Resource"')]),
    );
};

const checkValue = (place: Place): void => {
  const { scope, value } = place;
  if (isStar(value.text)) {
    checkEverything(place);
    return;
  }
  const arn = readResourceArn(value.text);
  const fields = splitArn(value.text);
  if (arn === null) {
    checkForm(place, fields);
    return;
  }
  if (!partitions.has(arn.partition) && !arn.partition.includes('*') && placeholderIn(arn.partition) === null)
    scope.report(
      'S3R013',
      value.node,
      value.path,
      `AWS has no partition ${JSON.stringify(arn.partition)}; S3-compatible servers too take arn:aws`,
      rewrite(place, value.text.replace(`arn:${arn.partition}:`, 'arn:aws:'), 'Write arn:aws'),
    );
  if (arn.service === '' && arn.region === 's3') {
    reportColons(place, `arn:aws:s3:::${value.text.slice(value.text.indexOf('s3') + 2).replace(/^:+/, '')}`);
    return;
  }
  if (arn.service === 's3' || arn.service === 's3-object-lambda') checkS3(place, arn);
};

const rewrite = ({ scope, value }: Place, text: string, title = `Write ${text}`) =>
  scope.write(value.node, text, title);

const checkForm = (place: Place, fields: readonly string[] | null): void => {
  const { scope, statement, value } = place;
  const { text, node, path } = value;
  const report = (rule: 'S3R001' | 'S3R002' | 'S3R008', message: string, mended: string | null): void =>
    scope.report(rule, node, path, message, mended === null ? [] : rewrite(place, mended));
  if (/^s3[an]?:\/\//i.test(text)) {
    report(
      'S3R002',
      'A policy names objects by ARN, not by s3:// URL',
      arnOfPath(statement, text.slice(text.indexOf('//') + 2)),
    );
    return;
  }
  if (text.startsWith('arn:') && fields === null) {
    reportColons(place, /^arn:[a-z-]+:s3:/.test(text) ? text.replace(/^(arn:[a-z-]+:s3):*/, '$1:::') : null);
    return;
  }
  const placeholder = placeholderIn(text);
  if (placeholder === text) {
    report('S3R008', `${JSON.stringify(text)} is still a placeholder`, null);
    return;
  }
  if (/^arn:/i.test(text))
    report(
      'S3R001',
      'An ARN begins with arn: in small letters',
      text.toLowerCase().startsWith('arn:aws:s3:::') ? `arn:aws:s3:::${text.slice(13)}` : null,
    );
  else if (text.startsWith(':::'))
    report('S3R001', 'The ARN lacks its beginning, arn:aws:s3', `arn:aws:s3${text}`);
  else {
    const looksLikePath = /^[a-z0-9][a-z0-9.-]*(?:\/.*)?$/.test(text);
    report(
      'S3R001',
      'A resource is an ARN, as in arn:aws:s3:::BUCKET/*, or "*"',
      looksLikePath ? `arn:aws:s3:::${text}` : null,
    );
  }
};

const reportColons = (place: Place, mended: string | null): void => {
  const { scope, value } = place;
  scope.report(
    'S3R004',
    value.node,
    value.path,
    'The ARN of a bucket or object has exactly three colons after s3: arn:aws:s3:::',
    mended === null ? [] : rewrite(place, mended),
  );
};

/** `bucket/path` as an ARN. A bare bucket stands for itself where the statement is about buckets, else for its objects. */
const arnOfPath = (statement: StatementView, path: string): string => {
  const slash = path.indexOf('/');
  const onBucket = reachOf(statement).every(({ actions }) =>
    actions.every(({ resourceTypes }) => !resourceTypes.includes('object')),
  );
  if (slash === -1 || path.length === slash + 1)
    return `arn:aws:s3:::${path.replace(/\/$/, '')}${onBucket ? '' : '/*'}`;
  return `arn:aws:s3:::${path}${path.endsWith('/') ? '*' : ''}`;
};

const checkEverything = ({ scope, statement, value }: Place): void => {
  if (statement.effect !== 'Allow' || ceilingKinds.includes(scope.options.kind) || isDelegation(statement))
    return;
  if (statement.resource === null) return;
  const bound = reachOf(statement).find(({ actions }) =>
    actions.some(({ resourceTypes }) => resourceTypes.includes('bucket') || resourceTypes.includes('object')),
  );
  if (!bound) return;
  const { bucket, prefix = '' } = scope.options;
  const types = new Set(
    reachOf(statement).flatMap(({ actions }) => actions.flatMap(({ resourceTypes }) => resourceTypes)),
  );
  const named =
    bucket === undefined
      ? []
      : [
          ...(types.has('bucket') ? [`arn:aws:s3:::${bucket}`] : []),
          ...(types.has('object') ? [`arn:aws:s3:::${bucket}/${prefix}*`] : []),
        ];
  scope.report(
    'S3R014',
    value.node,
    value.path,
    `${bound.value.text} can be limited to a bucket; * is every bucket of the account`,
    named.length === 0
      ? []
      : scope.fix(
          'Name the bucket',
          [replaceNode(value.node, named.map((arn) => JSON.stringify(arn)).join(', '))].map((edit) =>
            statement.resource?.member.value.type === 'array' || named.length === 1
              ? edit
              : { ...edit, text: `[${edit.text}]` },
          ),
        ),
  );
};

const checkS3 = (place: Place, arn: ResourceArn): void => {
  const { scope, value } = place;
  const { report } = scope;
  const isAccessPoint = arn.shape === 'accesspoint' || arn.shape === 'accesspointobject';
  if (arn.rest.startsWith(':')) {
    reportColons(place, `arn:${arn.partition}:s3:::${arn.rest.replace(/^:+/, '')}`);
    return;
  }
  if (isAccessPoint) {
    checkAccessPoint(place, arn);
    return;
  }
  if (arn.shape === 'other') return;
  // A star matches the empty field, so it does no harm.
  if (![arn.region, arn.account].every((field) => field === '' || isStar(field))) {
    report(
      'S3R003',
      value.node,
      value.path,
      'Buckets have global names: their ARNs leave region and account empty',
      rewrite(place, `arn:${arn.partition}:s3:::${arn.rest}`),
    );
  }
  checkBucketName(place, arn);
  checkKey(place, arn);
};

const checkAccessPoint = (place: Place, arn: ResourceArn): void => {
  const { scope, value } = place;
  const parts = arn.rest.replace(':', '/').split('/');
  const [, name = '', marker, ...key] = parts;
  if (marker === undefined || marker === 'object' || hasWildcard(name) || marker.startsWith('*')) return;
  const { partition, service, region, account } = arn;
  scope.report(
    'S3R012',
    value.node,
    value.path,
    'Objects behind an access point are named accesspoint/NAME/object/KEY',
    rewrite(
      place,
      `arn:${partition}:${service}:${region}:${account}:accesspoint/${name}/object/${[marker, ...key].join('/')}`,
    ),
  );
};

const checkBucketName = (place: Place, arn: ResourceArn): void => {
  const { scope, statement, value } = place;
  const { report, options } = scope;
  const { bucket } = arn;
  if (bucket.includes('${') || placeholderIn(bucket) !== null) return;
  const fault = bucketNameFault(bucket);
  if (fault !== null)
    report('S3R007', value.node, value.path, `S3 has no bucket named ${JSON.stringify(bucket)}: ${fault}`);
  if (!hasWildcard(bucket) || statement.effect !== 'Allow' || ceilingKinds.includes(options.kind)) return;
  if (statement.resource?.values.includes(value) !== true || isPinned(statement)) return;
  const reach = reachOf(statement).flatMap(({ actions }) => actions);
  if (reach.length > 0 && reach.every(({ name }) => harmlessOnAllBuckets.has(name))) return;
  report(
    'S3R009',
    value.node,
    value.path,
    `${bucket} matches buckets that do not exist yet, and anybody may make one: name the bucket`,
    options.bucket === undefined
      ? []
      : rewrite(place, `arn:${arn.partition}:s3:::${options.bucket}${arn.key === null ? '' : `/${arn.key}`}`),
  );
};

/** A statement that holds in named accounts only reaches no bucket of strangers. */
const isPinned = (statement: StatementView): boolean => {
  const pin = conditionOn(statement, 'aws:resourceaccount', 's3:resourceaccount', 'aws:resourceorgid');
  return pin !== undefined && isDemand(pin);
};

const checkKey = (place: Place, arn: ResourceArn): void => {
  const { scope, statement, value } = place;
  const { key } = arn;
  if (key === null || key === '') return;
  const isAllow = statement.effect === 'Allow' && statement.resource?.values.includes(value) === true;
  if (isAllow && isOpenEnded(key))
    scope.report(
      'S3R010',
      value.node,
      value.path,
      `${key} also matches ${siblingOf(key)}: close the prefix with a slash`,
      rewrite(place, `${value.text.slice(0, -1)}/*`),
    );
  const clean = key.replace(/^\/+/, '').replaceAll(/\/{2,}/g, '/');
  if (clean !== key)
    scope.report(
      'S3R011',
      value.node,
      value.path,
      'A slash at the beginning of a key, or two in a row, are part of its name; keys seldom have them',
      rewrite(place, `${value.text.slice(0, value.text.length - key.length)}${clean}`),
    );
};

/** A prefix that stops in the middle of a name: `uploads*`. After a hyphen or dot a star is meant so. */
export const isOpenEnded = (pattern: string): boolean => /[A-Za-z0-9}]\*$/.test(pattern);

export const siblingOf = (pattern: string): string => JSON.stringify(`${pattern.slice(0, -1)}-of-others/…`);
