import { createHash } from 'node:crypto';
import { transferId, type SignedRequest, type TransferId, type Upload } from '@windlass/contract';
import { AppError } from '../../kernel/app-error.ts';
import type { GrantUploads, TransfersService, WantedFile } from '../transfers/index.ts';
import type { NamedPart } from './completion-xml.ts';
import { wantedFile, type NamedFile } from './wanted-file.ts';

/** An upload that its client names by our id, and by the key that it was told or asked for. */
export interface UploadAt {
  uploadId: string;
  key: string;
}

/** A request to send, with the headers that a page may set. */
export interface PageRequest {
  method: SignedRequest['method'];
  url: string;
  headers: Record<string, string>;
  /** Seconds that it is good for. */
  expires: number;
}

/** Where a finished object is. */
export interface Finished {
  key: string;
  bucket: string;
  location: string;
}

/** What both generations of the client do, by whichever words. Uploads of another grant, or under another key, are `notFound`. */
export interface UppyUploads {
  /** A file that goes in one PUT; asked for again, the same upload. */
  put(file: NamedFile): Promise<{ key: string; request: PageRequest }>;
  begin(file: NamedFile): Promise<{ key: string; uploadId: TransferId; bucket: string }>;
  /** Those that the bucket has, or, where it may not be asked, that were reported. */
  parts(at: UploadAt): Promise<{ number: number; etag: string; size: number }[]>;
  sign(at: UploadAt, numbers: readonly number[]): Promise<Map<number, PageRequest>>;
  /** @throws AppError what `GrantUploads.complete` refuses with */
  complete(at: UploadAt, parts: readonly NamedPart[]): Promise<Finished>;
  abort(at: UploadAt): Promise<void>;
}

/** Beginning an upload and having it put together are calls to the bucket; AWS takes minutes for many parts. */
const bucketMilliseconds = 5 * 60_000;
const soon = (): AbortSignal => AbortSignal.timeout(bucketMilliseconds);

/** @throws AppError grantInvalid */
export const openUppyUploads = async (
  transfers: Pick<TransfersService, 'grantOf' | 'uploads'>,
  token: string,
): Promise<UppyUploads> => {
  const uploads = transfers.uploads(await transfers.grantOf(token));

  const find = async ({ uploadId, key }: UploadAt): Promise<Upload> => {
    const id = transferId.safeParse(uploadId);
    if (!id.success) throw missing();
    const upload = await uploads.get(id.data, soon());
    if (upload.key !== key && upload.name !== key) throw missing();
    return upload;
  };
  const signOf = async (id: TransferId, numbers: readonly number[]): Promise<Map<number, PageRequest>> => {
    const { requests } = await uploads.signParts(id, { done: [], sign: [...numbers] }, soon());
    return new Map(requests.map((request) => [request.number, forPage(request)]));
  };

  return {
    put: async (named) => {
      const file = wantedFile(named, 'whole');
      const upload = await create(uploads, { ...file, retryKey: markOf(file) });
      if (upload.put === null)
        throw new AppError('objectExists', `${upload.key} was received already; it was left as it is.`);
      return { key: upload.key, request: forPage(upload.put) };
    },
    begin: async (named) => {
      const upload = await create(uploads, wantedFile(named, 'parts'));
      // Begun here, once: clients ask for several parts at the same time, and each would have the bucket begin one.
      await signOf(upload.id, [1]);
      return { key: upload.key, uploadId: upload.id, bucket: (await uploads.place()).bucket };
    },
    parts: async (at) => uploads.partsOf((await find(at)).id, soon()),
    sign: async (at, numbers) => signOf((await find(at)).id, numbers),
    complete: async (at, parts) => {
      const upload = await find(at);
      const { bucket } = await uploads.place();
      // A URL of a part is one of the object with a query behind it.
      const url = upload.state === 'open' ? (await signOf(upload.id, [1])).get(1)?.url : undefined;
      const [result] = await uploads.complete([{ id: upload.id, done: [...parts] }], soon());
      if (result?.receipt == null) {
        const { code, detail } = result?.refusal ?? {
          code: 'uploadIncomplete',
          detail: 'It is not complete.',
        };
        throw new AppError(code, detail);
      }
      const { key } = result.receipt;
      return { key, bucket, location: url === undefined ? key : withoutQuery(url) };
    },
    abort: async (at) => uploads.abort((await find(at)).id, soon()),
  };
};

const missing = (): AppError => new AppError('notFound', 'There is no such upload of this grant.');

/** @throws AppError what it was refused with */
const create = async (uploads: GrantUploads, file: WantedFile): Promise<Upload> => {
  const [result] = await uploads.create([file], soon());
  if (result?.upload != null) return result.upload;
  const { code, detail } = result?.refusal ?? {
    code: 'internal',
    detail: 'There is no answer for the file.',
  };
  throw new AppError(code, detail);
};

/** Neither client has a mark of its own, and both ask anew when a PUT has failed: the same file is the same upload. */
const markOf = ({ name, size, type }: WantedFile): string =>
  createHash('sha256')
    .update(JSON.stringify(['put', name, size, type]))
    .digest('base64url');

const forPage = ({ method, url, headers, expiresAt }: SignedRequest): PageRequest => {
  // A page may not set it; the browser sends the true one (Fetch standard, forbidden request-header).
  const { 'content-length': _, ...settable } = headers;
  const expires = Math.max(1, Math.floor((Date.parse(expiresAt) - Date.now()) / 1000));
  return { method, url, headers: settable, expires };
};

const withoutQuery = (url: string): string => url.split('?', 1)[0] ?? url;
