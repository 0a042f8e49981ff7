import type { LocalErrorCode } from './upload-item.ts';
import type { Refusal } from './wire.ts';

/** What a person can do about each failure that this side finds out. */
const nextSteps: Readonly<Record<LocalErrorCode, string>> = {
  corsHidesEtag:
    'Add ETag to ExposeHeaders (or ExposeHeader) of the CORS rule of the bucket, then try again. Parts cannot be put together without it.',
  bucketRefused: 'Check the connection in Windlass; its check names what is missing.',
  bucketUnavailable: 'Try again later. What has arrived already is not sent again.',
  network: 'Check the network and try again. What has arrived already is not sent again.',
  unreadable: 'Choose the file again: it may have been moved, changed or deleted.',
  unexpected: 'Try again; if it stays, report it.',
};

/** Why a file could not be uploaded, as it is shown to a person. */
export class UploadFailure extends Error {
  override readonly name = 'UploadFailure';
  readonly refusal: Refusal;

  constructor(refusal: Refusal, options?: ErrorOptions) {
    super(refusal.detail, options);
    this.refusal = refusal;
  }
}

/** @param next when more is known than what the code says in general */
export const localFailure = (
  code: LocalErrorCode,
  detail: string,
  { cause, next = nextSteps[code] }: { cause?: unknown; next?: string } = {},
): UploadFailure => new UploadFailure({ code, detail, next }, cause === undefined ? {} : { cause });

/** As the server would say it; the bucket has said it to us. */
export const objectExists = (key: string): UploadFailure =>
  new UploadFailure({
    code: 'objectExists',
    detail: `There is an object ${key} in the bucket already.`,
    next: 'Nothing was overwritten. Choose another name.',
  });
