import type { ErrorCode, FileToUpload, UploadLimits } from '@windlass/contract';

/** Why a file is not taken; null where it is. */
export type Objection = { code: ErrorCode; detail: string } | null;

const takes = (range: string, type: string): boolean =>
  range.endsWith('/*') ? type.startsWith(range.slice(0, -1)) : type === range;

/** What can be said of a file by itself: its size and its type, as they were declared. */
export const objectionToFile = (
  { size, type }: Pick<FileToUpload, 'size' | 'type'>,
  { maxFileBytes, types }: UploadLimits,
): Objection => {
  if (maxFileBytes !== null && size > maxFileBytes) {
    return { code: 'fileTooLarge', detail: `It has ${size} bytes; one file may have ${maxFileBytes}.` };
  }
  if (types !== null && !types.some((range) => takes(range, type))) {
    return { code: 'fileTypeRefused', detail: `It is ${type}; taken are ${types.join(', ')}.` };
  }
  return null;
};

/** What is under way or received of a grant. */
export interface Count {
  files: number;
  bytes: number;
}

/** Whether one more file fits what the grant takes altogether. */
export const objectionToCount = (
  { files, bytes }: Count,
  size: number,
  { maxFiles, maxTotalBytes }: UploadLimits,
): Objection => {
  if (maxFiles !== null && files + 1 > maxFiles) {
    return { code: 'quotaExceeded', detail: `${maxFiles} files may be sent, and there are ${files}.` };
  }
  if (maxTotalBytes !== null && bytes + size > maxTotalBytes) {
    return {
      code: 'quotaExceeded',
      detail: `${maxTotalBytes} bytes may be sent altogether: ${Math.max(0, maxTotalBytes - bytes)} are left, and it has ${size}.`,
    };
  }
  return null;
};
