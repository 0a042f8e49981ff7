import type { Principal } from '../authorize.ts';
import type { QueryParameters } from '../http/query-parameters.ts';
import type { RequestHeaders } from '../http/request-headers.ts';
import type { KeyUse } from '../iam/key-use.ts';
import { S3Error } from '../s3-error.ts';
import { canonicalPaths, canonicalRequest, stringToSign } from './canonical-request.ts';
import { scopeText } from './credential-scope.ts';
import type { Credentials, SigningIdentity } from './credentials.ts';
import { readPayload } from './payload.ts';
import type { Payload } from './payload.ts';
import { sameSignature } from './same-signature.ts';
import { checkSignedHeaders, checkTime, hexBytes, mismatch } from './signature-checks.ts';
import { readSignatureFields, regionErrorCode } from './signature-fields.ts';
import type { SignatureFields, SignedService } from './signature-fields.ts';
import { createSigningKeys, hmac } from './signing-key.ts';

/** What the chunks of a body are signed with; each signature covers the one before it. */
export interface ChunkSigning {
  signingKey: Uint8Array;
  amzDate: string;
  scope: string;
  seedSignature: string;
}

export interface VerifiedRequest {
  principal: Principal;
  kind: SignatureFields['kind'] | 'anonymous';
  /** When the signature says it was made. */
  signedAt: Date | undefined;
  payload: Payload;
  chunkSigning: ChunkSigning | undefined;
}

export interface RequestToVerify {
  method: string;
  rawPath: string;
  query: QueryParameters;
  headers: RequestHeaders;
}

/** A call of IAM or STS: its signature covers the body, which is read before. */
export interface QueryCallToVerify extends RequestToVerify {
  service: Exclude<SignedService, 's3'>;
  bodySha256Hex: string;
}

export interface SignedForm {
  credential: SignatureFields['scope'];
  signature: string;
  /** In base64, as it was signed. */
  policy: string;
  sessionToken: string | undefined;
}

export interface VerifierDependencies {
  credentials: Credentials;
  keyUse: Pick<KeyUse, 'note'>;
  region: string;
  clock: { now(): Date };
}

export interface Verifier {
  /** Throws S3's own error for each way in which a signature can be wrong; a request without one is anonymous. */
  verify(request: RequestToVerify): VerifiedRequest;
  /** As `verify`, and with S3's errors too, for a call of IAM or STS. */
  verifyQueryCall(call: QueryCallToVerify): Principal;
  /** Checks the signature of a POST form: over the base64 text of its policy (AWS: POST signature calculation). */
  verifyForm(form: SignedForm): Principal;
}

/** IAM and STS have one endpoint for the world, which signs for this region (AWS: IAM and AWS STS endpoints). */
const globalRegion = 'us-east-1';

/** Verifies Signature Version 4 as S3 applies it. Source: AWS, "Authenticating Requests (AWS Signature Version 4)". */
export function createVerifier({ credentials, keyUse, region, clock }: VerifierDependencies): Verifier {
  const signingKeyOf = createSigningKeys();

  function checkRegion(kind: SignatureFields['kind'], given: string): void {
    if (given === region) return;
    const subject =
      kind === 'header'
        ? 'The authorization header is malformed'
        : 'Error parsing the X-Amz-Credential parameter';
    throw new S3Error(
      regionErrorCode[kind],
      `${subject}; the region '${given}' is wrong; expecting '${region}'`,
      {
        Region: region,
      },
    );
  }

  function noteUse(principal: Principal, { accessKeyId, service }: SignatureFields['scope']): void {
    if (principal.kind === 'user') keyUse.note(accessKeyId, service, clock.now());
  }

  /** Who the request says it is from, at a time that counts. */
  function claim({ query, headers }: RequestToVerify, fields: SignatureFields): SigningIdentity {
    const token = headers.get('x-amz-security-token') ?? query.get('X-Amz-Security-Token');
    const identity = credentials.identify(fields.scope.accessKeyId, token);
    checkTime(fields, clock.now());
    checkSignedHeaders(fields, headers);
    return identity;
  }

  return {
    verify(request) {
      const { query, headers } = request;
      const fields = readSignatureFields(headers, query);
      const hash = headers.get('x-amz-content-sha256') ?? query.get('X-Amz-Content-Sha256');
      if (fields === undefined) {
        const payload = readPayload(hash, 'anonymous');
        return {
          principal: { kind: 'anonymous' },
          kind: 'anonymous',
          signedAt: undefined,
          payload,
          chunkSigning: undefined,
        };
      }
      checkRegion(fields.kind, fields.scope.region);
      const { principal, key } = claim(request, fields);
      const payload = readPayload(hash, fields.kind);
      const signingKey = signingKeyOf(key, fields.scope);
      prove(request, fields, signingKey, hash ?? 'UNSIGNED-PAYLOAD');
      noteUse(principal, fields.scope);
      const chunkSigning = {
        signingKey,
        amzDate: fields.amzDate,
        scope: scopeText(fields.scope),
        seedSignature: fields.signature,
      };
      return { principal, kind: fields.kind, signedAt: fields.time, payload, chunkSigning };
    },

    verifyQueryCall(call) {
      const { query, headers, service, bodySha256Hex } = call;
      const fields = readSignatureFields(headers, query, service);
      if (fields === undefined) return { kind: 'anonymous' };
      if (fields.scope.region !== globalRegion) checkRegion(fields.kind, fields.scope.region);
      const { principal, key } = claim(call, fields);
      prove(call, fields, signingKeyOf(key, fields.scope), bodySha256Hex);
      noteUse(principal, fields.scope);
      return principal;
    },

    verifyForm({ credential, signature, policy, sessionToken }) {
      checkRegion('query', credential.region);
      const { principal, key } = credentials.identify(credential.accessKeyId, sessionToken);
      if (!sameSignature(hmac(signingKeyOf(key, credential), policy).toString('hex'), signature)) {
        throw new S3Error('SignatureDoesNotMatch', undefined, {
          AWSAccessKeyId: credential.accessKeyId,
          StringToSign: policy,
          SignatureProvided: signature,
          StringToSignBytes: hexBytes(policy),
        });
      }
      noteUse(principal, credential);
      return principal;
    },
  };
}

/** Holds the request against its signature. `payload` is the last line of what was signed. */
function prove(
  { method, rawPath, query, headers }: RequestToVerify,
  fields: SignatureFields,
  signingKey: Uint8Array,
  payload: string,
): void {
  const scope = scopeText(fields.scope);
  const { signedHeaders } = fields;
  const attempts = canonicalPaths(rawPath).map((path) => {
    const request = canonicalRequest({ method, path, query, headers, signedHeaders, payload });
    return { request, text: stringToSign(fields.amzDate, scope, request) };
  });
  const fits = attempts.some(({ text }) =>
    sameSignature(hmac(signingKey, text).toString('hex'), fields.signature),
  );
  if (!fits) throw mismatch(fields, attempts[0]);
}
