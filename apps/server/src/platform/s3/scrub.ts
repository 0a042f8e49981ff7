/** What must never leave: the parts of credentials, in the clear. */
export interface Sensitive {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string | undefined;
}

export type Scrub = (text: string) => string;

const removed = '[removed]';
const longest = 600;

/**
 * Cleans a provider's words for people: the secret and the token in each form they could travel in, the key id down
 * to its last four, signatures and other long runs of hex or base64, control characters. At most 600 characters.
 */
export const createScrub = (sensitive: Sensitive | null): Scrub => {
  const forms =
    sensitive === null
      ? []
      : [sensitive.secretAccessKey, sensitive.sessionToken ?? '']
          .flatMap(spellings)
          // A shorter one can be inside a longer one.
          .toSorted((a, b) => b.length - a.length);
  return (text) => {
    let clean = text.slice(0, 20 * longest);
    for (const form of forms) clean = clean.replaceAll(form, removed);
    if (sensitive !== null) {
      for (const form of spellings(sensitive.accessKeyId))
        clean = clean.replaceAll(form, hintOf(sensitive.accessKeyId));
    }
    return (
      clean
        .replace(/(?<![\w+/=.-])[A-Za-z0-9+/_-]{40,}={0,2}(?![\w+/=])/g, removed)
        .replace(/\b[0-9a-f]{40,}\b/gi, removed)
        .replace(/\b(?:AKIA|ASIA)[A-Z0-9]{8,28}([A-Z0-9]{4})\b/g, '…$1')
        // oxlint-disable-next-line no-control-regex
        .replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g, ' ')
        .trim()
        .slice(0, longest)
    );
  };
};

/** Last four characters, as far as that leaves most of it hidden. */
export const hintOf = (accessKeyId: string): string =>
  accessKeyId.length >= 8 ? `…${accessKeyId.slice(-4)}` : '…';

/** The ways in which a text shows up in messages: plain, base64, hex, URL-encoded. */
const spellings = (text: string): string[] => {
  if (text.length < 4) return [];
  const bytes = Buffer.from(text);
  const base64 = bytes.toString('base64');
  const hex = bytes.toString('hex');
  const escaped = encodeURIComponent(text);
  return [
    ...new Set([
      text,
      escaped,
      escaped.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
      base64,
      base64.replace(/=+$/, ''),
      bytes.toString('base64url'),
      encodeURIComponent(base64),
      hex,
      hex.toUpperCase(),
    ]),
  ];
};
