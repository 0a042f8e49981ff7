import type { Reply } from '../http/reply.ts';
import type { RequestHeaders } from '../http/request-headers.ts';
import type { RequestTarget } from '../http/request-target.ts';
import { S3Error } from '../s3-error.ts';
import type { BucketDocuments } from '../operations/bucket-documents.ts';
import type { CorsRule } from './cors-configuration.ts';
import { matchCorsRule } from './match-rule.ts';

type Documents = Pick<BucketDocuments, 'corsRules'>;

const vary = 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method';

/** Answers OPTIONS; it needs no signature. Source: Fetch standard, CORS-preflight; AWS: OPTIONS object. */
export function preflight(documents: Documents, target: RequestTarget, headers: RequestHeaders): Reply {
  const origin = headers.get('origin');
  const method = headers.get('access-control-request-method');
  if (origin === undefined || method === undefined) {
    throw new S3Error('InvalidRequest', 'Insufficient information. Origin request header needed.');
  }
  const requestHeaders = headers
    .all('access-control-request-headers')
    .flatMap((value) => value.split(','))
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  const rule = matchCorsRule(documents.corsRules(target.bucket ?? '') ?? [], {
    origin,
    method,
    requestHeaders,
  });
  if (rule === undefined) {
    throw new S3Error('AccessForbidden', undefined, {
      Method: method,
      ResourceType: target.key === undefined ? 'BUCKET' : 'OBJECT',
    });
  }
  return {
    status: 200,
    headers: {
      ...ruleHeaders(rule, origin),
      'access-control-allow-headers': requestHeaders.length === 0 ? undefined : requestHeaders.join(', '),
      'access-control-max-age': rule.maxAgeSeconds === undefined ? undefined : String(rule.maxAgeSeconds),
    },
  };
}

/**
 * Adds what lets a page read the answer, to errors too: a 403 that a page cannot read looks like a broken network.
 * A bucket with rules varies by origin even where none fits, so that caches keep the answers apart.
 */
export function applyCors(
  documents: Documents,
  bucket: string | undefined,
  method: string,
  headers: RequestHeaders,
  reply: Reply,
): void {
  const rules = documents.corsRules(bucket ?? '');
  if (rules === undefined) return;
  reply.headers['vary'] = vary;
  const origins = headers.all('origin');
  const [origin] = origins;
  if (origin === undefined || origins.length > 1 || method === 'OPTIONS') return;
  const rule = matchCorsRule(rules, { origin, method, requestHeaders: [] });
  if (rule !== undefined) Object.assign(reply.headers, ruleHeaders(rule, origin));
}

function ruleHeaders(rule: CorsRule, origin: string): Record<string, string | undefined> {
  const anyone = rule.allowedOrigins.includes('*');
  return {
    'access-control-allow-origin': anyone ? '*' : origin,
    'access-control-allow-methods': rule.allowedMethods.join(', '),
    'access-control-expose-headers':
      rule.exposeHeaders.length === 0 ? undefined : rule.exposeHeaders.join(', '),
    'access-control-allow-credentials': anyone ? undefined : 'true',
  };
}
