/** In UTF-16 units: twice what S3 takes of a bucket policy. Longer texts would be read on every key stroke for nothing. */
const longestRead = 40_000;

/** Whether a text is beyond what is checked and tried. */
export const isTooLong = (text: string): boolean => text.length > longestRead;
