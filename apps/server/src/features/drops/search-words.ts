/**
 * PostgreSQL keeps less than 1 MiB of words in a tsvector, each of up to 2,046 bytes (12.11, Limitations), and
 * `array_to_tsvector` does not look: half of it leaves room for how it lays them out.
 */
const maxBytes = 512 * 1024;
const maxWordLength = 100;

/** Whole characters: a surrogate pair is never cut. */
const begin = (word: string): string =>
  Array.from(word.slice(0, 2 * maxWordLength))
    .slice(0, maxWordLength)
    .join('');

/**
 * The words of a text, for looking an order up by the beginning of any of them: lower-case letters and digits, without
 * accents. An order number is found with and without its zeros. Of more words than can be kept, the first.
 *
 * @example searchWords('26-00042', 'Zoë Müller', 'IMG_0042.jpg') // ['26', '00042', '42', 'zoe', 'muller', 'img', '0042', 'jpg']
 */
export const searchWords = (...texts: readonly string[]): string[] => {
  const words = new Set<string>();
  let bytes = 0;
  /** @returns whether there is room for more */
  const add = (word: string): boolean => {
    if (words.has(word)) return true;
    bytes += Buffer.byteLength(word);
    if (bytes <= maxBytes) words.add(word);
    return bytes <= maxBytes;
  };
  for (const text of texts) {
    const plain = text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
    for (const [word] of plain.matchAll(/[\p{L}\p{N}]+/gu)) {
      const short = word.replace(/^0+(?=\d)/, '');
      const hasRoom = add(begin(word)) && (short === word || add(begin(short)));
      if (!hasRoom) return [...words];
    }
  }
  return [...words];
};

/**
 * A tsquery (PostgreSQL 8.11.2) that asks for all words of a text, each as a beginning; null where the text has no word.
 *
 * @example searchQuery('zoe 42') // "'zoe':* & '42':*"
 */
export const searchQuery = (text: string): string | null => {
  const words = searchWords(text);
  // Letters and digits alone: nothing in them has to be quoted but for the operators around them.
  return words.length === 0 ? null : words.map((word) => `'${word}':*`).join(' & ');
};
