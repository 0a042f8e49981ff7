import type { ConnectionId, NameConflict, UploadGrant, UploadLimits } from '@windlass/contract';
import { formatBytes, plural } from '../../../lib/format.ts';
import { withSlash } from '../with-slash.ts';

/** A grant as its form holds it: empty texts and null for what has no bound. */
export interface GrantValues {
  prefix: string;
  maxFiles: number | string;
  maxFileBytes: number | null;
  maxTotalBytes: number | null;
  types: string[] | null;
  onConflict: NameConflict;
  /** As the choice has it. */
  expiresInSeconds: string;
}

/** How long a grant may be good, in seconds. */
export const grantTimes = [
  { value: '3600', label: 'One hour' },
  { value: '86400', label: 'One day' },
  { value: '604800', label: 'Seven days' },
  { value: '2592000', label: 'Thirty days' },
] as const;

export const newGrantValues: GrantValues = {
  prefix: '',
  maxFiles: '',
  maxFileBytes: null,
  maxTotalBytes: null,
  types: null,
  onConflict: 'rename',
  expiresInSeconds: '86400',
};

export const grantBody = (connectionId: ConnectionId, values: GrantValues) => ({
  connectionId,
  prefix: withSlash(values.prefix),
  limits: {
    maxFiles: typeof values.maxFiles === 'number' ? values.maxFiles : null,
    maxFileBytes: values.maxFileBytes,
    maxTotalBytes: values.maxTotalBytes,
    types: values.types,
  },
  onConflict: values.onConflict,
  expiresInSeconds: Number(values.expiresInSeconds),
});

/** Errors of the body by the names of the form: `limits.types` is its `types`. */
export const grantErrors = (errors: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(errors).map(([path, message]) => [
      path.replace(/^limits\./, '').replace(/^types\..*$/, 'types'),
      message,
    ]),
  );

/**
 * What a grant has left to give, as a line of words.
 *
 * @example grantBounds({ files: 3, bytes: 9e6, limits: { maxFiles: 100, … } }) // '3 of 100 files, 9 MB; image/*'
 */
export const grantBounds = ({
  files,
  bytes,
  limits,
}: {
  files: UploadGrant['files'];
  bytes: UploadGrant['bytes'];
  limits: UploadLimits;
}): string => {
  const { maxFiles, maxFileBytes, maxTotalBytes, types } = limits;
  const count = maxFiles === null ? plural(files, 'file') : `${files} of ${plural(maxFiles, 'file')}`;
  const size =
    maxTotalBytes === null ? formatBytes(bytes) : `${formatBytes(bytes)} of ${formatBytes(maxTotalBytes)}`;
  const each = [
    ...(maxFileBytes === null ? [] : [`up to ${formatBytes(maxFileBytes)} each`]),
    ...(types === null ? [] : [types.join(', ')]),
  ];
  return [`${count}, ${size}`, ...each].join('; ');
};
