import { UploadApiError, type ReceiptOrRefusal, type UploadOrRefusal } from './upload-api.ts';
import type { Refusal, SignedRequest, Upload, UploadReceipt } from './wire.ts';

/** An answer that is not what the API answers with: another server, or a page of a proxy. */
const foreign = (what: string): Error => new Error(`The answer is not from Windlass: ${what}.`);

type Fields = Record<string, unknown>;

const fieldsOf = (value: unknown, what: string): Fields => {
  if (typeof value !== 'object' || value === null) throw foreign(`${what} is missing`);
  // Any object may be read by name; what is found is checked in turn.
  return value as Fields;
};

const textAt = (fields: Fields, name: string): string => {
  const value = fields[name];
  if (typeof value !== 'string') throw foreign(`${name} is not a text`);
  return value;
};

const listAt = (fields: Fields, name: string): readonly unknown[] => {
  const value = fields[name];
  if (!Array.isArray(value)) throw foreign(`${name} is not a list`);
  return value;
};

const refusalOf = (value: unknown): Refusal => {
  const fields = fieldsOf(value, 'the refusal');
  return { code: textAt(fields, 'code'), detail: textAt(fields, 'detail'), next: textAt(fields, 'next') };
};

/** Checks the fields that the engine goes by; the rest is the server's word. */
const check = (value: unknown, what: string, texts: readonly string[], numbers: readonly string[]): void => {
  const fields = fieldsOf(value, what);
  for (const name of texts) textAt(fields, name);
  for (const name of numbers) if (typeof fields[name] !== 'number') throw foreign(`${name} is not a number`);
};

export const readUpload = (value: unknown): Upload => {
  check(value, 'the upload', ['id', 'key', 'kind', 'state'], ['size', 'partSize', 'partCount']);
  listAt(fieldsOf(value, 'the upload'), 'partsDone');
  // Checked above as far as it matters.
  return value as Upload;
};

const readReceipt = (value: unknown): UploadReceipt => {
  check(value, 'the receipt', ['transferId', 'key'], ['size']);
  // Checked above as far as it matters.
  return value as UploadReceipt;
};

const readSignedPart = (value: unknown): SignedRequest & { number: number } => {
  check(value, 'a request', ['method', 'url', 'expiresAt'], ['number']);
  fieldsOf(fieldsOf(value, 'a request').headers, 'headers');
  // Checked above as far as it matters.
  return value as SignedRequest & { number: number };
};

export const readCreated = (value: unknown): UploadOrRefusal[] =>
  listAt(fieldsOf(value, 'the body'), 'results').map((result) => {
    const { upload, refusal } = fieldsOf(result, 'a result');
    return upload === null
      ? { upload: null, refusal: refusalOf(refusal) }
      : { upload: readUpload(upload), refusal: null };
  });

export const readCompleted = (value: unknown): ReceiptOrRefusal[] =>
  listAt(fieldsOf(value, 'the body'), 'results').map((result) => {
    const { receipt, refusal } = fieldsOf(result, 'a result');
    return receipt === null
      ? { receipt: null, refusal: refusalOf(refusal) }
      : { receipt: readReceipt(receipt), refusal: null };
  });

export const readSignedParts = (value: unknown): (SignedRequest & { number: number })[] =>
  listAt(fieldsOf(value, 'the body'), 'requests').map(readSignedPart);

const textOr = (candidate: unknown, otherwise: string): string =>
  typeof candidate === 'string' && candidate !== '' ? candidate : otherwise;

/** The problem (RFC 9457) of an answer that is an error, or what can be said without one. */
export const readProblem = (status: number, value: unknown, retryAfterMs: number | null): UploadApiError => {
  const { code, detail, title, next } =
    typeof value === 'object' && value !== null ? fieldsOf(value, 'the problem') : ({} as Fields);
  return new UploadApiError(
    status,
    {
      code: textOr(code, 'unexpected'),
      detail: textOr(detail, textOr(title, `The server answered with status ${status}.`)),
      next: textOr(next, 'Try again in a moment.'),
    },
    retryAfterMs,
  );
};
