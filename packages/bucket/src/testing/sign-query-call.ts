import { signerFor } from './reference-signer.ts';
import type { TestCredentials } from './start-bucket.ts';

/**
 * A call of IAM or STS as clients without the SDK's habits sign it: no x-amz-content-sha256, the hash of the body stands in
 * the signature alone. Without a body it is a signed URL of GetCallerIdentity.
 */
export async function signQueryCall(
  endpoint: string,
  service: 'iam' | 'sts',
  credentials: TestCredentials,
  body: string | undefined,
): Promise<{ url: string; init: RequestInit }> {
  const { host, hostname } = new URL(endpoint);
  const signer = signerFor(service, credentials, 'us-east-1', { applyChecksum: false });
  const request = { protocol: 'http:', hostname, path: '/', headers: { host } };
  if (body === undefined) {
    const query = { Action: 'GetCallerIdentity', Version: '2011-06-15' };
    const signed = await signer.presign({ ...request, method: 'GET', query }, { expiresIn: 60 });
    // The signer writes strings only; its type allows lists.
    const text = new URLSearchParams(signed.query as Record<string, string>).toString();
    return { url: `${endpoint}/?${text}`, init: {} };
  }
  const headers = { host, 'content-type': 'application/x-www-form-urlencoded' };
  const signed = await signer.sign({ ...request, method: 'POST', headers, query: {}, body });
  return { url: `${endpoint}/`, init: { method: 'POST', headers: signed.headers, body } };
}
