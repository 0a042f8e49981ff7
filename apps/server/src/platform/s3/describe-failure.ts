import { AppError } from '../../kernel/app-error.ts';
import {
  causesByCode,
  causesByErrno,
  causesByStatus,
  notS3,
  parserTrouble,
  plainHttpToTls,
  timedOut,
  unknownCause,
  type FailureCause,
  type FailureKind,
} from './failure-causes.ts';
import type { Scrub } from './scrub.ts';

/** A failed call to a bucket, fit to be shown: it holds no secret. */
export interface S3Failure {
  kind: FailureKind;
  cause: string;
  next: string;
  /** The provider's code, or Node's. */
  code: string | null;
  httpStatus: number | null;
  /** The provider's words; null where it gave none (Ceph mostly does not). */
  message: string | null;
  requestId: string | null;
  /** Where the provider says that the bucket is. */
  region: string | null;
}

/**
 * Says in plain words what an error of the AWS SDK, or of the network below it, means and what to do.
 *
 * @example describeS3Failure(error, scrub).cause // 'This access key does not exist here: …'
 */
export const describeS3Failure = (error: unknown, scrub: Scrub): S3Failure => {
  const facts = factsOf(error);
  const found = causeOf(error, facts);
  const message = facts.message === null ? '' : scrub(facts.message);
  const missing = found.kind === 'denied' ? missingRightOf(message) : null;
  return {
    kind: found.kind,
    cause: missing === null ? found.cause : missing.cause,
    next: missing === null ? found.next : missing.next,
    code: facts.code === null ? null : scrub(facts.code),
    httpStatus: facts.httpStatus,
    message: message === '' ? null : message,
    requestId: facts.requestId === null ? null : scrub(facts.requestId).slice(0, 200),
    region: facts.region,
  };
};

interface Facts {
  code: string | null;
  errno: string | null;
  httpStatus: number | null;
  message: string | null;
  requestId: string | null;
  region: string | null;
}

const causeOf = (error: unknown, facts: Facts): FailureCause => {
  const refusal = findInChain(error, (one) => one instanceof AppError && one.code === 'endpointRefused');
  if (refusal instanceof AppError) {
    return {
      kind: 'endpointRefused',
      cause: refusal.message,
      next: 'Use a public endpoint, or have the operator allow it with WINDLASS_ALLOW_ENDPOINTS.',
    };
  }
  if (facts.code !== null) {
    const known = causesByCode[facts.code];
    if (known !== undefined) return known;
    // An unknown code of a known family.
    if (facts.code.startsWith('KMS.')) return causesByCode['KMS.DisabledException'] ?? unknownCause;
  }
  if (facts.errno !== null) {
    const known = causesByErrno[facts.errno];
    if (known !== undefined) return known;
    if (facts.errno.startsWith('HPE_')) return parserTrouble;
    if (facts.errno.startsWith('ERR_SSL_')) return causesByErrno['EPROTO'] ?? unknownCause;
  }
  if (isTimeout(error)) return timedOut;
  if (facts.message !== null && /HTTP request .{0,20}to .{0,12}HTTPS/i.test(facts.message))
    return plainHttpToTls;
  if (facts.httpStatus !== null && facts.httpStatus < 300) return notS3;
  return (facts.httpStatus === null ? undefined : causesByStatus[facts.httpStatus]) ?? unknownCause;
};

const factsOf = (error: unknown): Facts => {
  const metadata = metadataOf(error);
  const headers = headersOf(error);
  // What every exception of an AWS service has: S3's, STS's and IAM's alike.
  const fromService = error instanceof Error && '$fault' in error;
  // The SDK fills what is missing with these words of its own.
  const name = fromService && error.name !== 'Unknown' && !/^\d+$/.test(error.name) ? error.name : null;
  const message = error instanceof Error && error.message !== 'UnknownError' ? error.message : null;
  return {
    code: name ?? errnoOf(error),
    errno: errnoOf(error),
    httpStatus: metadata.httpStatusCode ?? null,
    message: fromService || message === null ? message : (message.split('\n')[0] ?? null),
    requestId: metadata.requestId ?? null,
    region: regionOf(error, headers),
  };
};

/** AccessDenied in full (same account or organisation): says who may not do what, and which kind of policy decided. */
const accessDenied =
  /not authorized to perform: (\S{1,100})(?: on resource: "?([^" ]{1,1200})"?)? ?(?:because no (.{1,60}?) (?:policy )?allows|with an explicit deny in (?:an? |the )?(.{1,60}?)(?:: (arn:\S+))?$)/;

const missingRightOf = (message: string): { cause: string; next: string } | null => {
  const match = accessDenied.exec(message.slice(0, 600));
  if (match === null) return null;
  const [, action, resource, lacking, denying] = match;
  const on = resource === undefined ? '' : ` on ${resource}`;
  return denying === undefined
    ? {
        cause: `No ${lacking} policy allows ${action}${on}.`,
        next: `Add a statement that allows ${action}${on}.`,
      }
    : {
        cause: `A ${denying} denies ${action}${on} outright.`,
        next: `Change the Deny in the ${denying}: no Allow outweighs it.`,
      };
};

const metadataOf = (error: unknown): { httpStatusCode?: number; requestId?: string } => {
  if (!isRecord(error) || !isRecord(error['$metadata'])) return {};
  const { httpStatusCode, requestId } = error['$metadata'];
  return {
    ...(typeof httpStatusCode === 'number' ? { httpStatusCode } : {}),
    ...(typeof requestId === 'string' ? { requestId } : {}),
  };
};

/** Response headers, which the SDK keeps in a hidden field. */
const headersOf = (error: unknown): Record<string, unknown> => {
  if (!isRecord(error) || !isRecord(error['$response'])) return {};
  const { headers } = error['$response'];
  return isRecord(headers) ? headers : {};
};

const regionOf = (error: unknown, headers: Record<string, unknown>): string | null => {
  const inBody = isRecord(error) ? error['Region'] : undefined;
  const found = headers['x-amz-bucket-region'] ?? inBody;
  return typeof found === 'string' && isRegion(found) ? found : null;
};

/** The form that the contract takes, so that a provider cannot slip anything else into a setting. */
export const isRegion = (text: string): boolean => /^[a-z0-9-]{1,64}$/i.test(text);

const errnoOf = (error: unknown): string | null => {
  const found = findInChain(
    error,
    (one) => isRecord(one) && typeof one['code'] === 'string' && !(one instanceof AppError),
  );
  // Found by the very test that it is a text.
  return found === undefined ? null : ((found as { code: string }).code ?? null);
};

const isTimeout = (error: unknown): boolean =>
  findInChain(error, (one) => one instanceof Error && /^(TimeoutError|AbortError)$/.test(one.name)) !==
  undefined;

const findInChain = (error: unknown, wanted: (one: unknown) => boolean): unknown => {
  let current = error;
  for (let depth = 0; depth < 5 && current !== undefined && current !== null; depth += 1) {
    if (wanted(current)) return current;
    current = current instanceof Error ? current.cause : undefined;
  }
  return undefined;
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
