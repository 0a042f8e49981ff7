import { maxParts } from '@windlass/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AppError } from '../../kernel/app-error.ts';
import { readCompletion, writeXml } from './completion-xml.ts';
import type { UppyUploads } from './uppy-uploads.ts';

const MiB = 1024 * 1024;
/** Ten thousand parts of some hundred characters. */
const completionBytes = 4 * MiB;
const xml = 'application/xml; charset=utf-8';

const key = z.string().min(1).max(4096);
/** What `signRequest` of `@uppy/aws-s3` 6.x is given, and what a page may add of the file: its size, and its type. */
const toSign = z.object({
  method: z.enum(['GET', 'PUT', 'POST', 'DELETE']),
  key,
  uploadId: z.string().min(1).optional(),
  partNumber: z.coerce.number().int().min(1).max(maxParts).optional(),
  contentType: z.unknown().optional(),
  size: z.unknown().optional(),
  partSize: z.unknown().optional(),
  relativePath: z.unknown().optional(),
});
const beginQuery = z.object({
  key,
  size: z.string().optional(),
  partSize: z.string().optional(),
  relativePath: z.string().optional(),
});
const keyed = z.object({ key, uploadId: z.string().min(1) });

interface SignRouteDeps {
  uploadsOf: (request: FastifyRequest) => UppyUploads;
  /** Address below which these routes are, for this token. */
  baseOf: (request: FastifyRequest) => string;
}

/** Fields that are there, as a query. */
const queryOf = (fields: Readonly<Record<string, unknown>>): string =>
  new URLSearchParams(
    Object.entries(fields).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [],
    ),
  ).toString();

/**
 * What `signRequest` of `@uppy/aws-s3` 6.x may be fetched from: `{ url, key?, headers? }`.
 *
 * The client would have S3 itself begin, list, complete and abort uploads. Signed so, a completion could put together any parts,
 * of any size, over any object. It sends whatever it is told to wherever it is told to: objects and parts go to the bucket, and
 * those four come here, where they are answered in S3's own words.
 */
export const registerSignRoutes = (app: FastifyInstance, { uploadsOf, baseOf }: SignRouteDeps): void => {
  app.post('/sign', async (request) => {
    const { method, uploadId, partNumber, ...file } = toSign.parse(request.body);
    const uploads = uploadsOf(request);
    if (method === 'PUT' && uploadId !== undefined && partNumber !== undefined) {
      const signed = (await uploads.sign({ uploadId, key: file.key }, [partNumber])).get(partNumber);
      if (signed === undefined) throw new AppError('notFound', 'There is no such part.');
      return { url: signed.url, headers: signed.headers };
    }
    if (method === 'PUT') {
      const { size, relativePath } = file;
      const put = await uploads.put({
        name: file.key,
        type: file.contentType,
        metadata: { size, relativePath },
      });
      return { url: put.request.url, headers: put.request.headers, key: put.key };
    }
    if (method === 'POST' && uploadId === undefined) {
      const { size, partSize, relativePath } = file;
      return {
        url: `${baseOf(request)}/multipart?${queryOf({ key: file.key, size, partSize, relativePath })}`,
      };
    }
    if (uploadId === undefined)
      throw new AppError('invalidRequest', `${method} of an object is not signed here: this is for uploads.`);
    return { url: `${baseOf(request)}/multipart/upload?${queryOf({ key: file.key, uploadId })}` };
  });

  app.post('/multipart', async (request, reply) => {
    const { key: name, ...metadata } = beginQuery.parse(request.query);
    const type = request.headers['content-type'];
    const begun = await uploadsOf(request).begin({ name, type, metadata });
    return reply.type(xml).send(
      writeXml('InitiateMultipartUploadResult', {
        Bucket: begun.bucket,
        Key: begun.key,
        UploadId: begun.uploadId,
      }),
    );
  });

  app.get('/multipart/upload', async (request, reply) => {
    const at = keyed.parse(request.query);
    const parts = await uploadsOf(request).parts(at);
    return reply.type(xml).send(
      writeXml('ListPartsResult', {
        Key: at.key,
        UploadId: at.uploadId,
        IsTruncated: 'false',
        Part: parts.map(({ number, etag, size }) => ({ PartNumber: number, ETag: `"${etag}"`, Size: size })),
      }),
    );
  });

  app.post('/multipart/upload', { bodyLimit: completionBytes }, async (request, reply) => {
    const parts = typeof request.body === 'string' ? readCompletion(request.body) : null;
    if (parts === null) throw new AppError('malformedBody', 'The body is no list of parts as S3 takes it.');
    const done = await uploadsOf(request).complete(keyed.parse(request.query), parts);
    return reply.type(xml).send(
      writeXml('CompleteMultipartUploadResult', {
        Location: done.location,
        Bucket: done.bucket,
        Key: done.key,
      }),
    );
  });

  app.delete('/multipart/upload', async (request, reply) => {
    await uploadsOf(request).abort(keyed.parse(request.query));
    return reply.status(204).send();
  });
};
