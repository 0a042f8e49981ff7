import { createHash } from 'node:crypto';
import type { Upload } from '@windlass/contract';
import type { SamplePicture } from '@windlass/images/samples';
import type { DropsService } from '../drops/index.ts';
import type { TransfersService } from '../transfers/index.ts';

interface Deps {
  pages: Pick<DropsService['pages'], 'start' | 'submit'>;
  transfers: Pick<TransfersService, 'grantOf' | 'uploads'>;
}

/** Who begins the order, where a customer's address would stand. */
const network = 'demo';

/** What is chosen for the pictures, one after another. */
const choices = [
  { size: '20x30', finish: 'matte', quantity: 1 },
  { size: '13x18', finish: 'glossy', quantity: 2 },
  { size: '10x15', finish: 'glossy', quantity: 5 },
  { size: '10x15', finish: 'matte', quantity: 1 },
] as const;

const wantedFile = ({ name, bytes, contentType }: SamplePicture) => {
  const value = createHash('sha256').update(bytes).digest('base64');
  return {
    name,
    size: bytes.byteLength,
    type: contentType,
    checksum: { algorithm: 'sha256', value },
  } as const;
};

/** Sends a picture as a browser does: by the signed request, straight to the bucket. @returns the ETag of its answer */
const put = async (upload: Upload, bytes: Uint8Array, signal: AbortSignal): Promise<string | undefined> => {
  if (upload.put === null) throw new Error(`${upload.name} is too large for one PUT`);
  const { method, url, headers } = upload.put;
  const answer = await fetch(url, {
    method,
    headers,
    body: Buffer.from(bytes),
    redirect: 'error',
    signal,
  });
  // Our own bucket answers a PUT with a page of XML at most.
  await answer.arrayBuffer();
  if (!answer.ok)
    throw new Error(`the embedded bucket answered ${answer.status} to the PUT of ${upload.name}`);
  return answer.headers.get('etag') ?? undefined;
};

/**
 * Orders prints of some pictures on an open page, as a customer does: the grant, a signed PUT each, the receipts, the order.
 *
 * @throws Error where a picture is refused
 */
export const orderSamples = async (
  { pages, transfers }: Deps,
  dropName: string,
  pictures: readonly SamplePicture[],
  signal: AbortSignal,
): Promise<void> => {
  const chosen = pictures.slice(0, choices.length);
  const { orderToken, uploadToken } = await pages.start(dropName, network, {});
  const uploads = transfers.uploads(await transfers.grantOf(uploadToken));
  const tickets = await uploads.create(chosen.map(wantedFile), signal);
  const sent = await Promise.all(
    tickets.map(async ({ upload, refusal }, at) => {
      const picture = chosen[at];
      if (upload === null || picture === undefined)
        throw new Error(`a picture was refused: ${refusal?.detail}`);
      return { id: upload.id, etag: await put(upload, picture.bytes, signal), done: [] };
    }),
  );
  await uploads.complete(sent, signal);
  await pages.submit(orderToken, {
    customer: { name: 'Sample customer', email: null, phone: null },
    answers: {},
    consent: false,
    files: sent.map(({ id: transferId }, at) => ({ transferId, options: choices[at] ?? {} })),
  });
};
