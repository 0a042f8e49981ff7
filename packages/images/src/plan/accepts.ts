/** Formats that `format=auto` may choose beside those that every client shows. */
export const autoFormats = ['avif', 'webp'] as const;
export type AutoFormat = (typeof autoFormats)[number];

/** What a request says about its client. */
export interface ClientFacts {
  /** The Accept header. */
  accept: string | undefined;
  /** `Save-Data: on` (https://wicg.github.io/savedata/). */
  saveData: boolean;
}

export type Accepts = Readonly<Record<AutoFormat, boolean>>;

/** Media ranges with their weights, RFC 9110 12.5.1; a weight that cannot be read is none. */
const mediaRanges = (accept: string): ReadonlyMap<string, number> => {
  const ranges = new Map<string, number>();
  for (const entry of accept.toLowerCase().split(',')) {
    const [range = '', ...options] = entry.split(';').map((part) => part.trim());
    const weight = options.find((option) => /^q\s*=/.test(option))?.replace(/^q\s*=\s*/, '');
    ranges.set(range, weight === undefined ? 1 : Number(/^[01](\.\d{0,3})?$/.test(weight) ? weight : 0));
  }
  return ranges;
};

/**
 * A format counts only where Accept names it: browsers that show no WebP ask for `image/*` too. One that is named is
 * taken unless JPEG, by the most specific range that covers it, is wanted more; AVIF gives way to a WebP that is too.
 */
export const acceptsOf = (accept: string | undefined, allowed: readonly AutoFormat[]): Accepts => {
  const ranges = mediaRanges(accept ?? '');
  const jpeg = ranges.get('image/jpeg') ?? ranges.get('image/*') ?? ranges.get('*/*') ?? 0;
  const weightOf = (format: AutoFormat): number => {
    const weight = ranges.get(`image/${format}`) ?? 0;
    return allowed.includes(format) && weight >= jpeg ? weight : 0;
  };
  const avif = weightOf('avif');
  const webp = weightOf('webp');
  return { avif: avif > 0 && avif >= webp, webp: webp > 0 };
};

/**
 * Clients of one class get one picture for one URL: the key of an answer that is kept by its URL.
 *
 * @example clientClass({ accept: 'image/avif,image/webp,*' + '/*;q=0.8', saveData: false }) // 'avif,webp'
 */
export const clientClass = ({ accept, saveData }: ClientFacts): string => {
  // A source may leave either out, and then the other is chosen whichever is wanted more.
  const taken = autoFormats.filter((format) => acceptsOf(accept, [format])[format]);
  const webpFirst = taken.includes('avif') && !acceptsOf(accept, autoFormats).avif;
  return [...taken, ...(webpFirst ? ['webp-first'] : []), ...(saveData ? ['save-data'] : [])].join();
};
