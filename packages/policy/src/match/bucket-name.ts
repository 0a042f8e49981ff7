import { hasWildcard } from './glob.ts';

/**
 * Why S3 would refuse a bucket of this name; null for a name that it takes. One letter is the documentation's stand-in
 * for a name and passes. Names with wildcards are judged by their letters only.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export const bucketNameFault = (name: string): string | null => {
  if (name === '') return 'the name of the bucket is missing';
  for (const character of name) {
    if (character >= 'A' && character <= 'Z') return 'it has capital letters';
    if (!/[a-z0-9.*?-]/.test(character)) return `it has the character ${JSON.stringify(character)}`;
  }
  if (hasWildcard(name) || /^[a-z0-9]$/.test(name)) return null;
  if (name.length < 3) return 'it is shorter than 3 characters';
  if (name.length > 63) return 'it is longer than 63 characters';
  if (!/^[a-z0-9]/.test(name) || !/[a-z0-9]$/.test(name))
    return 'it must begin and end with a letter or digit';
  if (name.includes('..')) return 'it has two dots in a row';
  if (/^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(name)) return 'it has the form of an IP address';
  const prefix = ['xn--', 'sthree-'].find((reserved) => name.startsWith(reserved));
  if (prefix !== undefined) return `${prefix} is reserved`;
  const suffix = ['-s3alias', '--ol-s3', '.mrap', '--x-s3', '--table-s3'].find((reserved) =>
    name.endsWith(reserved),
  );
  return suffix === undefined ? null : `${suffix} is reserved`;
};
