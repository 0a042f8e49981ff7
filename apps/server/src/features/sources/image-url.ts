import { signTarget } from '@windlass/images';
import { AppError } from '../../kernel/app-error.ts';
import { pathOf } from './image-path.ts';
import { revealKeys, type SourceSigningKeys } from './keys/signing-keys.ts';
import { requireParameters, type ParameterSettings } from './parameters.ts';

/** Where pictures are served. */
export interface ImageOrigin {
  /** Public origin of path mode, no trailing slash. */
  imagesUrl: string;
  /** `images.example.com` where host-label mode is on. */
  imagesHost: string | null;
}

/** The two addresses of a source; the second is null without a host. */
export const sourceUrls = (
  { imagesUrl, imagesHost }: ImageOrigin,
  name: string,
): { baseUrl: string; hostUrl: string | null } => {
  if (imagesHost === null) return { baseUrl: `${imagesUrl}/${name}`, hostUrl: null };
  const { protocol, port } = new URL(imagesUrl);
  return {
    baseUrl: `${imagesUrl}/${name}`,
    hostUrl: `${protocol}//${name}.${imagesHost}${port === '' ? '' : `:${port}`}`,
  };
};

/** With the one more that URL parsers, and so browsers, escape in a query (WHATWG URL, 1.3): what is signed must arrive as it is. */
const encodeComponent = (text: string): string => encodeURIComponent(text).replaceAll("'", '%27');

/**
 * The part behind a source's address: path, query, and the signature where keys are given. It is the same in path mode
 * and in host-label mode, as a signature covers neither host nor source.
 *
 * @throws AppError invalidRequest for a path or parameters that the image server would refuse
 */
export const buildImageTarget = (
  picture: { path: string; parameters: Record<string, string> },
  source: ParameterSettings,
  keys: SourceSigningKeys | null,
): string => {
  const path = pathOf(picture.path, 'path');
  if (Object.keys(picture.parameters).some((name) => name.toLowerCase() === 'signature')) {
    throw new AppError('invalidRequest', 'The signature is made here.', {
      errors: [{ path: 'parameters.signature', message: 'leave it out' }],
    });
  }
  const rawQuery = Object.entries(picture.parameters)
    .map(([name, value]) => `${encodeComponent(name)}=${encodeComponent(value)}`)
    .join('&');
  requireParameters(rawQuery, source, 'parameters');
  const signature = keys === null ? [] : [`signature=${signTarget({ path, rawQuery }, revealKeys(keys))}`];
  const query = [...(rawQuery === '' ? [] : [rawQuery]), ...signature].join('&');
  return `/${path.split('/').map(encodeComponent).join('/')}${query === '' ? '' : `?${query}`}`;
};
