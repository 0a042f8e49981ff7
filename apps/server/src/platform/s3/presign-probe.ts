import { GetObjectCommand, UploadPartCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { EndpointGuard } from '../net/index.ts';
import { createS3Client, type BucketAddress } from './s3-client.ts';
import type { S3Credentials } from './s3-credentials.ts';

/** A request that whoever has it may send until it runs out. */
export interface PresignedRequest {
  method: 'PUT' | 'GET';
  url: string;
  /** To be sent as they are. */
  headers: Record<string, string>;
}

/**
 * Signs the requests of a page that tries CORS: in the query, so that they are what an upload of ours is. The content
 * type is signed too, which makes the browser ask for it in a preflight.
 *
 * @param expiresInSeconds a session may end before
 */
export const presignProbe = async (
  options: {
    guard: EndpointGuard;
    address: BucketAddress;
    credentials: S3Credentials;
    expiresInSeconds: number;
  },
  request: { step: 'put'; key: string; uploadId: string } | { step: 'get'; key: string },
): Promise<PresignedRequest> => {
  const client = createS3Client({ ...options, maxAttempts: 1 });
  const at = { Bucket: options.address.bucket, Key: request.key };
  const { expiresInSeconds: expiresIn } = options;
  try {
    if (request.step === 'get') {
      const url = await getSignedUrl(client, new GetObjectCommand(at), { expiresIn });
      return { method: 'GET', url, headers: { range: 'bytes=0-0' } };
    }
    const headers = { 'content-type': 'application/octet-stream' };
    const command = new UploadPartCommand({ ...at, UploadId: request.uploadId, PartNumber: 1 });
    command.middlewareStack.add(
      (next) => (args) => {
        const { request: outgoing } = args;
        // Smithy's HttpRequest; the SDK types it as unknown here.
        if (typeof outgoing === 'object' && outgoing !== null && 'headers' in outgoing)
          Object.assign(outgoing.headers as Record<string, string>, headers);
        return next(args);
      },
      { step: 'build', name: 'windlassContentType' },
    );
    const url = await getSignedUrl(client, command, {
      expiresIn,
      signableHeaders: new Set(['host', ...Object.keys(headers)]),
    });
    return { method: 'PUT', url, headers };
  } finally {
    client.destroy();
  }
};
