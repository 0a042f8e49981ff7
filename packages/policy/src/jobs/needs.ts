import type { ApiCall } from '../calls/api-call.ts';
import type { Capability } from './capability.ts';
import { grantsOf, reaches, type Right } from './grants.ts';
import type { NeedRow } from './need-row.ts';
import type { NeedTarget } from './need-target.ts';
import { placesOf, type Place } from './places.ts';

/**
 * The calls that credentials for these capabilities must be able to make and those they must not, for one bucket and
 * prefix. What one capability needs is no excess of another. Rows with `must` come first; ids are unique.
 *
 * @example
 *   needsOf(['ingest'], { bucket: 'b', prefix: 'uploads/' }).map(({ id }) => id)
 *   // ['putInside', 'putInsideNested', …, 'readBack', 'deleteInside', 'listInside', 'putSibling', …]
 */
export const needsOf = (capabilities: readonly Capability[], target: NeedTarget): NeedRow[] => {
  const user = target.user ?? 'member';
  const grants = grantsOf(capabilities, target);
  const reached = (right: Right, path: string) => grants.some((grant) => reaches(grant, right, path, user));

  const rows = placesOf(capabilities, target, user).flatMap((place) =>
    rightsOnPlaces.flatMap((right): NeedRow[] => {
      if (place.bucket !== target.bucket || !reached(right, place.path)) return refusals(right, place);
      return place.tested ? requirements(right, place, target.writeOnce === true) : [];
    }),
  );
  if (reached('locate', ''))
    rows.push(
      row('must', 'getLocation', 'Ask for the region', {
        operation: 'GetBucketLocation',
        bucket: target.bucket,
      }),
    );
  if (!reached('list', ''))
    rows.push(
      row('mustNot', 'listAll', 'List the whole bucket', {
        operation: 'ListObjectsV2',
        bucket: target.bucket,
      }),
    );
  rows.push(...administration(target.bucket, `${target.prefix}photo.jpg`));
  return [...rows.filter(({ kind }) => kind === 'must'), ...rows.filter(({ kind }) => kind === 'mustNot')];
};

const rightsOnPlaces = ['read', 'write', 'resume', 'delete', 'list'] as const satisfies readonly Right[];
type RightOnPlace = (typeof rightsOnPlaces)[number];

const row = (kind: NeedRow['kind'], id: string, title: string, call: ApiCall): NeedRow => ({
  id,
  kind,
  title,
  call,
});

/** Keys that break a careless policy, signature or encoding: folders, letters beyond ASCII, spaces, what URLs escape. */
const edgeKeys = [
  { suffix: 'Nested', key: '2026/11/27/photo.jpg', as: ', in folders' },
  { suffix: 'Unicode', key: 'été 2026/日本語 фото.jpg', as: ', with letters beyond ASCII and spaces' },
  { suffix: 'Escaped', key: "a+b & c=100%#1 (x)'s.jpg", as: ', with characters that URLs escape' },
] as const;

const requirements = (right: RightOnPlace, place: Place, writeOnce: boolean): NeedRow[] => {
  const { id, where, bucket, path } = place;
  const key = `${path}photo.jpg`;
  const must = (
    verb: string,
    title: string,
    operation: string,
    at = key,
    parameters: ApiCall['parameters'] = {},
  ) =>
    row('must', `${verb}${id}`, `${title} ${where}`, {
      operation,
      bucket,
      key: at,
      ...(Object.keys(parameters).length > 0 && { parameters }),
    });
  const edges = (verb: string, title: string, operation: string, parameters?: ApiCall['parameters']) =>
    place.edges
      ? edgeKeys.map(({ suffix, key: edge, as }) => {
          const one = must(verb, title, operation, path + edge, parameters);
          return { ...one, id: one.id + suffix, title: one.title + as };
        })
      : [];
  switch (right) {
    case 'read':
      return [
        must('get', 'Read', 'GetObject'),
        ...edges('get', 'Read', 'GetObject'),
        must('head', 'Ask for size and type', 'HeadObject'),
      ];
    case 'write': {
      const once: ApiCall['parameters'] = writeOnce ? { 'if-none-match': '*' } : {};
      return [
        must('put', 'Upload', 'PutObject', key, once),
        ...edges('put', 'Upload', 'PutObject', once),
        must('createMultipart', 'Start an upload in parts', 'CreateMultipartUpload'),
        must('uploadPart', 'Upload a part', 'UploadPart'),
        must('completeMultipart', 'Complete an upload in parts', 'CompleteMultipartUpload', key, once),
        ...(writeOnce
          ? [
              row('mustNot', `overwrite${id}`, `Upload over what is there ${where}`, {
                operation: 'PutObject',
                bucket,
                key,
              }),
            ]
          : []),
      ];
    }
    case 'resume':
      return [
        must('listParts', 'See which parts have arrived', 'ListParts'),
        must('abortMultipart', 'Give up an upload in parts', 'AbortMultipartUpload'),
      ];
    case 'delete':
      return [must('delete', 'Delete', 'DeleteObject')];
    case 'list':
      return [
        row('must', `list${id}`, `List ${where}`, listing(bucket, path)),
        row(
          'must',
          `listNested${id === 'Inside' ? '' : id}`,
          `List a folder ${where}`,
          listing(bucket, `${path}2026/`),
        ),
      ];
  }
};

const refusals = (right: RightOnPlace, { id, where, bucket, path, writtenTo }: Place): NeedRow[] => {
  const key = `${path}photo.jpg`;
  switch (right) {
    case 'read':
      return [
        writtenTo
          ? row('mustNot', id === 'Inside' ? 'readBack' : `readBack${id}`, `Read back what is ${where}`, {
              operation: 'GetObject',
              bucket,
              key,
            })
          : row('mustNot', `get${id}`, `Read ${where}`, { operation: 'GetObject', bucket, key }),
      ];
    case 'write':
      return [row('mustNot', `put${id}`, `Upload ${where}`, { operation: 'PutObject', bucket, key })];
    // S3 lets whoever started an upload see and give it up, so that to have these is no excess.
    case 'resume':
      return [];
    case 'delete':
      return [row('mustNot', `delete${id}`, `Delete ${where}`, { operation: 'DeleteObject', bucket, key })];
    case 'list':
      // A listing of everything is a row of its own.
      return path === '' && id !== 'OtherBucket'
        ? []
        : [row('mustNot', `list${id}`, `List ${where}`, listing(bucket, path))];
  }
};

const listing = (bucket: string, prefix: string): ApiCall => ({
  operation: 'ListObjectsV2',
  bucket,
  ...(prefix !== '' && { parameters: { prefix } }),
});

/** No job needs these; who may do one of them can widen his own rights or lose what should be kept. */
const administration = (bucket: string, key: string): NeedRow[] => [
  row('mustNot', 'putObjectAcl', 'Change who may read an object', { operation: 'PutObjectAcl', bucket, key }),
  row('mustNot', 'deleteVersion', 'Delete a version for good', {
    operation: 'DeleteObject',
    bucket,
    key,
    parameters: { versionId: 'example-version' },
  }),
  row('mustNot', 'bypassRetention', 'Delete a version that is under retention', {
    operation: 'DeleteObject',
    bucket,
    key,
    parameters: { versionId: 'example-version', 'x-amz-bypass-governance-retention': 'true' },
  }),
  row('mustNot', 'getBucketPolicy', 'Read the bucket policy', { operation: 'GetBucketPolicy', bucket }),
  row('mustNot', 'putBucketPolicy', 'Change the bucket policy', { operation: 'PutBucketPolicy', bucket }),
  row('mustNot', 'putBucketAcl', 'Change who may use the bucket', { operation: 'PutBucketAcl', bucket }),
  row('mustNot', 'putBucketCors', 'Change the CORS rules', { operation: 'PutBucketCors', bucket }),
  row('mustNot', 'putLifecycle', 'Change the lifecycle rules', {
    operation: 'PutBucketLifecycleConfiguration',
    bucket,
  }),
];
