import { queryOf, type ImageParameters } from './parameters.ts';
import { encodedPath, plainPath } from './path.ts';
import { sign, type SigningKeys } from './sign.ts';
import { srcsetCandidates, type SrcsetParameters } from './srcset.ts';

export interface SourceOptions {
  /** The source's name: a label of the host, or the first segment of the path. */
  name: string;
  /** Where pictures are served, without scheme and port, e.g. `images.example.com`. */
  host: string;
  /** Default: the scheme's own. */
  port?: number;
  /** Default true. */
  https?: boolean;
  /** False (the default): `host/name/path`. True: `name.host/path`; the server then needs WINDLASS_IMAGES_HOST. */
  subdomains?: boolean;
  /** Of a secured source. Keep them on your server: whoever has them signs anything. */
  keys?: SigningKeys;
}

export interface ImageSource {
  /** @throws TypeError for a path with `.` or `..` segments, and for a `signature` among the parameters */
  url(path: string, parameters?: ImageParameters): string;
  /** For the attribute `srcset`: candidates with their widths or pixel ratios. */
  srcset(path: string, parameters?: SrcsetParameters): string;
}

/**
 * URLs of the pictures of one source, in a browser or in Node. They are those of imglab's own clients, so both can be
 * used side by side.
 *
 * @example
 * const photos = createSource({ name: 'photos', host: 'images.example.com' });
 * photos.url('cats/tom.jpg', { width: 600, format: 'auto' });
 * // https://images.example.com/photos/cats/tom.jpg?width=600&format=auto
 * photos.srcset('cats/tom.jpg', { width: { from: 320, to: 1920 }, format: 'webp' });
 */
export const createSource = (options: SourceOptions): ImageSource => {
  const { name, host, port, keys, https = true, subdomains = false } = options;
  const authority = `${subdomains ? `${name}.` : ''}${host}${port === undefined ? '' : `:${port}`}`;
  const base = `${https ? 'https' : 'http'}://${authority}${subdomains ? '' : `/${name}`}`;

  const url = (path: string, parameters: ImageParameters = {}): string => {
    const plain = plainPath(path);
    const query = queryOf(parameters);
    const signature = keys === undefined ? '' : `signature=${sign(plain, query, keys)}`;
    const whole = [query, signature].filter((part) => part !== '').join('&');
    return `${base}/${encodedPath(plain)}${whole === '' ? '' : `?${whole}`}`;
  };

  return {
    url,
    srcset: (path, parameters = {}) =>
      srcsetCandidates(parameters)
        .map((candidate) => `${url(path, candidate.parameters)} ${candidate.descriptor}`)
        .join(',\n'),
  };
};
