import { join, sep } from 'node:path';

/**
 * Where an object's key leads below a folder, or null where it would lead out of it or to no file: keys are whatever somebody
 * has named them (S3 takes `../x`).
 *
 * @example localPath('out', 'day 1/a.jpg') // 'out/day 1/a.jpg'
 * @example localPath('out', '../etc/passwd') // null
 */
export const localPath = (folder: string, name: string): string | null => {
  const segments = name.split('/');
  const bad = segments.some(
    (segment) =>
      segment === '' ||
      segment === '.' ||
      segment === '..' ||
      segment.includes('\0') ||
      (sep !== '/' && /[\\:]/.test(segment)) ||
      Buffer.byteLength(segment) > 255,
  );
  return bad ? null : join(folder, ...segments);
};
