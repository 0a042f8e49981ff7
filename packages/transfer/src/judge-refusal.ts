import { UploadApiError } from './upload-api.ts';

/**
 * After a refusal to complete. `restart`: all parts anew. `reread`: some parts are missing, the server knows which. `renew`:
 * there is no such upload any more, ask for another. `retry`: later, the same again. `fail`: a person has to know.
 */
export const completionSteps = ['restart', 'reread', 'renew', 'retry', 'fail'] as const;
export type CompletionStep = (typeof completionSteps)[number];

const stepsByCode: Readonly<Record<string, CompletionStep>> = {
  uploadRestarted: 'restart',
  uploadIncomplete: 'reread',
  uploadEnded: 'renew',
  notFound: 'renew',
  originFailed: 'retry',
  originTimeout: 'retry',
  unavailable: 'retry',
  tooManyRequests: 'retry',
  internal: 'retry',
};

export const stepAfterRefusal = (code: string): CompletionStep =>
  Object.hasOwn(stepsByCode, code) ? (stepsByCode[code] ?? 'fail') : 'fail';

/** Whether a call of the API is worth another try: not when the server has said what is wrong with it. */
export const isWorthAnotherTry = (error: unknown): boolean =>
  !(error instanceof UploadApiError) ||
  error.status >= 500 ||
  error.status === 408 ||
  error.status === 425 ||
  error.status === 429;
