/** PostgreSQL keeps up to 1 MB of words in a tsvector, each of up to 2,046 bytes. */
const maxWords = 20_000;
const maxWordLength = 100;

/**
 * The words of a text, for looking an order up by the beginning of any of them: lower-case letters and digits, without
 * accents. An order number is found with and without its zeros.
 *
 * @example searchWords('26-00042', 'Zoë Müller', 'IMG_0042.jpg') // ['26', '00042', '42', 'zoe', 'muller', 'img', '0042', 'jpg']
 */
export const searchWords = (...texts: readonly string[]): string[] => {
  const words = new Set<string>();
  for (const text of texts) {
    const plain = text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
    for (const [word] of plain.matchAll(/[\p{L}\p{N}]+/gu)) {
      if (words.size >= maxWords) return [...words];
      words.add([...word].slice(0, maxWordLength).join(''));
      const short = word.replace(/^0+(?=\d)/, '');
      if (short !== word && words.size < maxWords) words.add(short.slice(0, maxWordLength));
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
