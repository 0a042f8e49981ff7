import { maxParts, maxPartsPerCall } from '@windlass/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AppError } from '../../kernel/app-error.ts';
import type { UppyUploads } from './uppy-uploads.ts';

const partNumber = z.coerce.number().int().min(1).max(maxParts);
const metadata = z.record(z.string(), z.unknown()).nullish();
const newUpload = z.object({ filename: z.string().min(1).max(4096), type: z.unknown().optional(), metadata });
const completion = z.object({
  parts: z
    .array(z.object({ PartNumber: partNumber, ETag: z.string().min(1).max(200) }))
    .min(1)
    .max(maxParts),
});
const params = z.looseObject({ filename: z.string().min(1).max(4096), type: z.string().optional() });
const upload = z.object({ uploadId: z.string() });
const keyed = z.object({ key: z.string().min(1) });
const batch = keyed.extend({
  partNumbers: z
    .string()
    .transform((list) => list.split(',').map(Number))
    .pipe(z.array(z.int().min(1).max(maxParts)).min(1).max(maxPartsPerCall)),
});
const part = upload.extend({ partNumber });

/** Query fields `metadata[size]=…`, as they stand in the URL. */
const metadataOf = (query: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) => {
      const field = /^metadata\[(.+)\]$/.exec(name)?.[1];
      return field === undefined ? [] : [[field, value]];
    }),
  );

/**
 * Companion's contract for S3: what `endpoint` (5.x) and `companionEndpoint` (6.x) of `@uppy/aws-s3` call. Bytes go straight
 * to the bucket; what arrives is put together here, so that size and key are the ledger's and nothing is overwritten.
 */
export const registerCompanionRoutes = (
  app: FastifyInstance,
  uploadsOf: (request: FastifyRequest) => UppyUploads,
): void => {
  app.get('/s3/params', async (request) => {
    const { filename, type, ...rest } = params.parse(request.query);
    const uploads = uploadsOf(request);
    // A PUT and no POST policy, which R2 and B2 do not take, and which has no If-None-Match.
    const { request: put } = await uploads.put({ name: filename, type, metadata: metadataOf(rest) });
    return { ...put, fields: {} };
  });

  app.post('/s3/multipart', async (request) => {
    const { filename, type, metadata: given } = newUpload.parse(request.body);
    return uploadsOf(request).begin({ name: filename, type, metadata: given ?? {} });
  });

  app.get('/s3/multipart/:uploadId', async (request) => {
    const at = { ...upload.parse(request.params), ...keyed.parse(request.query) };
    const parts = await uploadsOf(request).parts(at);
    return parts.map(({ number, etag, size }) => ({ PartNumber: number, ETag: `"${etag}"`, Size: size }));
  });

  app.get('/s3/multipart/:uploadId/batch', async (request) => {
    const { key, partNumbers } = batch.parse(request.query);
    const signed = await uploadsOf(request).sign({ ...upload.parse(request.params), key }, partNumbers);
    return { presignedUrls: Object.fromEntries([...signed].map(([number, { url }]) => [number, url])) };
  });

  app.get('/s3/multipart/:uploadId/:partNumber', async (request) => {
    const { uploadId, partNumber: number } = part.parse(request.params);
    const { key } = keyed.parse(request.query);
    const signed = (await uploadsOf(request).sign({ uploadId, key }, [number])).get(number);
    if (signed === undefined) throw new AppError('notFound', 'There is no such part.');
    return signed;
  });

  app.post('/s3/multipart/:uploadId/complete', async (request) => {
    const at = { ...upload.parse(request.params), ...keyed.parse(request.query) };
    const { parts } = completion.parse(request.body);
    const named = parts.map(({ PartNumber, ETag }) => ({ number: PartNumber, etag: ETag }));
    return uploadsOf(request).complete(at, named);
  });

  app.delete('/s3/multipart/:uploadId', async (request) => {
    const at = { ...upload.parse(request.params), ...keyed.parse(request.query) };
    await uploadsOf(request).abort(at);
    return {};
  });

  app.get('/s3/sts', async () => {
    throw new AppError(
      'notFound',
      'There are no temporary keys here: whoever has one may write anywhere that it reaches, of any size. Leave getTemporarySecurityCredentials out; every part is signed by itself.',
    );
  });
};
