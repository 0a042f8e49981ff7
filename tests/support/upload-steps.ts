import type { FileToUpload, Upload } from '@windlass/contract';
import type { GrantUploads } from '../../apps/server/src/features/transfers/index.ts';
import { send } from './upload-scene.ts';

/** For calls of tests, which nobody gives up: the time that a test may take ends what hangs. */
export const uploadSignal = new AbortController().signal;

/** ETag of an object whose bytes are `hello`: their MD5 sum. */
export const helloEtag = '5d41402abc4b2a76b9719d911017c592';

/** A picture, unless said otherwise. */
export const fileOf = (name: string, size = 5, more: Partial<FileToUpload> = {}): FileToUpload => ({
  name,
  size,
  type: 'image/jpeg',
  ...more,
});

/** Tickets, where none may be refused. */
export const createAll = async (uploads: GrantUploads, files: FileToUpload[]): Promise<Upload[]> =>
  (await uploads.create(files, uploadSignal)).map(({ upload, refusal }) => {
    if (upload === null) throw new Error(JSON.stringify(refusal));
    return upload;
  });

export const createOne = async (uploads: GrantUploads, one: FileToUpload): Promise<Upload> => {
  const [upload] = await createAll(uploads, [one]);
  if (upload === undefined) throw new Error('There is no ticket');
  return upload;
};

/** What each file is refused with; `ok` where it is taken. */
export const codesOf = async (uploads: GrantUploads, files: FileToUpload[]): Promise<string[]> =>
  (await uploads.create(files, uploadSignal)).map(({ refusal }) => refusal?.code ?? 'ok');

export const putWhole = ({ put }: Upload, body: string): ReturnType<typeof send> => {
  if (put === null) throw new Error('There is no PUT');
  return send(put, new TextEncoder().encode(body));
};

/** Sends parts of zeros; they are not reported yet. */
export const sendParts = async (
  uploads: GrantUploads,
  { id }: Upload,
  numbers: number[],
): Promise<{ number: number; etag: string }[]> => {
  const { requests } = await uploads.signParts(id, { done: [], sign: numbers }, uploadSignal);
  return Promise.all(
    requests.map(async (request) => {
      const { etag } = await send(request, new Uint8Array(Number(request.headers['content-length'])));
      return { number: request.number, etag };
    }),
  );
};
