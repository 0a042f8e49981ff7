import { Transform, pipeline } from 'node:stream';
import { parseAmzDate, parseCredential } from '../auth/credential-scope.ts';
import type { Principal } from '../authorize.ts';
import { checkBodyClaims, claimedAlgorithms, readBodyClaims } from '../body/body-claims.ts';
import { maximumPutBytes } from '../body/request-body.ts';
import { ownerOf } from '../http/call.ts';
import type { Call, Handler } from '../http/call.ts';
import { headerText } from '../http/header-text.ts';
import { encodePath, encodePercent } from '../http/percent.ts';
import { emptyReply, quoted, xmlReply } from '../http/reply.ts';
import type { Reply } from '../http/reply.ts';
import { checkedKey } from '../http/request-target.ts';
import {
  checksumHeaders,
  expirationOf,
  readContentHeaders,
  readMetadata,
} from '../operations/object-headers.ts';
import { refuseUnsupportedHeaders } from '../operations/unsupported-headers.ts';
import { authorizeComparison, readWriteCondition } from '../operations/write-condition.ts';
import { S3Error } from '../s3-error.ts';
import type { ObjectRecord } from '../store.ts';
import { checkPostPolicy, parsePostPolicy, sizeRange } from './post-policy.ts';
import type { PostPolicy } from './post-policy.ts';
import { readForm } from './read-form.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html : an upload from an HTML form. */
export const postObject: Handler = async (call) => {
  const contentType = call.header('content-type') ?? '';
  if (!/^multipart\/form-data\s*;/i.test(contentType)) {
    throw new S3Error('MethodNotAllowed', undefined, { Method: 'POST', ResourceType: 'BUCKET' });
  }
  if (call.verified.kind !== 'anonymous') {
    throw new S3Error('InvalidArgument', 'A form is signed by its fields, not by the request.', {
      ArgumentName: 'Authorization',
    });
  }
  const { fields, file, filename } = await readForm(contentType, call.body.openRaw());
  try {
    const named = fields.get('key');
    const key = checkedKey((named ?? '').replaceAll('${filename}', () => filename));
    if (key === undefined) throw new S3Error('UserKeyMustBeSpecified', undefined, { ArgumentName: 'key' });
    fields.set('key', key);
    const { principal, policy } = identify(call, fields);
    const header = fieldReader(fields);
    refuseUnsupportedHeaders(header);
    const target = {
      key,
      principal,
      // What counts is what the form says: a header of the request beside it does nothing, and must satisfy nobody.
      header: (name: string) => (name.startsWith('x-amz-') ? header(name) : call.header(name)),
      context: formContext(principal),
    };
    call.authorize('s3:PutObject', target);
    if (header('x-amz-acl') !== undefined) call.authorize('s3:PutObjectAcl', target);
    const claims = readBodyClaims(header, { kind: 'unsigned' });
    const condition = readWriteCondition((name) =>
      name.startsWith('if-') ? call.header(name) : header(name),
    );
    authorizeComparison(call, condition.ifMatch, target);
    const { minimum, maximum } = sizeRange(policy);
    const record = await call.services.store.putObject({
      bucket: call.bucket,
      key,
      body: pipeline(file, limitSize(Math.min(maximum, maximumPutBytes)), () => undefined),
      headers: readContentHeaders(header),
      metadata: readMetadata(metadataFields(fields)),
      ownerId: ownerOf(principal),
      condition,
      algorithms: claimedAlgorithms(claims),
      verify(found) {
        if (found.size < minimum) {
          throw new S3Error('EntityTooSmall', undefined, {
            ProposedSize: String(found.size),
            MinSizeAllowed: String(minimum),
          });
        }
        return checkBodyClaims(claims, found, new Map());
      },
    });
    return success(call, fields, record);
  } finally {
    file.destroy();
  }
};

/** Who sent the form: the one who signed its policy, or nobody. Throws when policy and form do not fit. */
function identify(
  call: Call,
  fields: ReadonlyMap<string, string>,
): { principal: Principal; policy: PostPolicy | undefined } {
  const text = fields.get('policy');
  const signature = fields.get('x-amz-signature');
  if (text === undefined && signature === undefined && !fields.has('x-amz-credential')) {
    return { principal: { kind: 'anonymous' }, policy: undefined };
  }
  const algorithm = fields.get('x-amz-algorithm');
  const credential = parseCredential(fields.get('x-amz-credential') ?? '');
  const date = fields.get('x-amz-date') ?? '';
  if (text === undefined || signature === undefined || credential === undefined) {
    throw new S3Error(
      'InvalidArgument',
      'Bucket POST must contain policy, x-amz-credential and x-amz-signature.',
    );
  }
  if (algorithm !== 'AWS4-HMAC-SHA256') throw new S3Error('InvalidRequest', 'Please use AWS4-HMAC-SHA256.');
  const scoped = credential.service === 's3' && credential.terminator === 'aws4_request';
  if (!scoped || parseAmzDate(date) === undefined || credential.date !== date.slice(0, 8)) {
    throw new S3Error(
      'AuthorizationQueryParametersError',
      'The x-amz-credential or x-amz-date of the form is not valid.',
    );
  }
  const principal = call.services.verifier.verifyForm({
    credential,
    signature,
    policy: text,
    sessionToken: fields.get('x-amz-security-token'),
  });
  const policy = parsePostPolicy(text);
  checkPostPolicy(policy, new Map([...fields, ['bucket', call.bucket]]), call.services.clock.now());
  return { principal, policy };
}

/** A form's signature is not the request's, which has none. */
const formContext = ({ kind }: Principal): Record<string, string> =>
  kind === 'anonymous' ? {} : { 's3:authType': 'POST', 's3:signatureversion': 'AWS4-HMAC-SHA256' };

/** The form's fields under the names of the headers that they stand for. */
function fieldReader(fields: ReadonlyMap<string, string>): Call['header'] {
  const renamed: Record<string, string> = { 'x-amz-acl': 'acl', 'x-amz-tagging': 'tagging' };
  return (name) => {
    const value = fields.get(name) ?? fields.get(renamed[name] ?? name);
    return value === undefined ? undefined : headerText(name, value);
  };
}

function metadataFields(fields: ReadonlyMap<string, string>): [string, string][] {
  return [...fields]
    .filter(([name]) => name.startsWith('x-amz-meta-'))
    .map(([name, value]) => [name, headerText(name, value)]);
}

function limitSize(maximum: number): Transform {
  let size = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size <= maximum) done(null, chunk);
      else {
        done(
          new S3Error('EntityTooLarge', undefined, {
            ProposedSize: String(size),
            MaxSizeAllowed: String(maximum),
          }),
        );
      }
    },
  });
}

function success(call: Call, fields: ReadonlyMap<string, string>, record: ObjectRecord): Reply {
  const { bucket } = call;
  const location = `/${bucket}/${encodePath(record.key)}`;
  const headers = {
    etag: quoted(record.etag),
    location,
    ...checksumHeaders(record),
    'x-amz-expiration': expirationOf(call.services, bucket, record),
  };
  const redirect = redirectTarget(fields.get('success_action_redirect') ?? fields.get('redirect'));
  if (redirect !== undefined) {
    const facts = { bucket, key: record.key, etag: quoted(record.etag) };
    const query = Object.entries(facts).map(([name, value]) => `${name}=${encodePercent(value)}`);
    const separator = redirect.search === '' ? '?' : '&';
    redirect.hash = '';
    return emptyReply(303, { ...headers, location: `${redirect.href}${separator}${query.join('&')}` });
  }
  const status = fields.get('success_action_status');
  if (status === '201') {
    const content = { Location: location, Bucket: bucket, Key: record.key, ETag: quoted(record.etag) };
    return { ...xmlReply('PostResponse', content, headers), status: 201 };
  }
  return emptyReply(status === '200' ? 200 : 204, headers);
}

/** An address that is none is ignored, as S3 does; a script is no address to be sent to. */
function redirectTarget(text: string | undefined): URL | undefined {
  if (text === undefined || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url : undefined;
}
