import recordedUrls from '../../../packages/sdk/src/url-vectors.json' with { type: 'json' };
import recordedSignatures from '../../../packages/images/src/url/signature-vectors.json' with { type: 'json' };

export interface RecordedUrl {
  url: string;
  /** Of the recorded pairs, the one that signed it; null where nobody did. */
  key: number | null;
  expected: number;
}

export const recordedKeys = recordedSignatures.keys;

/** The host that the clients use unless they are told otherwise, and so the one of this server. */
export const imagesHost = 'imglab-cdn.net';

/** Answers other than 200, each with its reason. */
const answers: readonly (readonly [pattern: RegExp, status: number, reason: string])[] = [
  [/[?&]expires=1464096368(&|$)/, 403, 'it expired in 2016'],
  [/^https:\/\/[^/]*\/?(\?|$)/, 404, 'it names no picture'],
  [/^https:\/\/imglab-cdn\.net\/assets\/?(\?|$)/, 404, 'it names no picture'],
  [/\/a\/\.\.\/b\.jpeg/, 404, 'it is signed right, but clients of S3 cannot name an object so'],
  [/^https:\/\/assets\.imglab\.net\//, 404, 'a server has one host for its subdomains, and this is another'],
];

/** No server could answer these as whoever made them meant. */
const beyondAnyServer: Readonly<Record<string, string>> = {
  'https://imglab-cdn.net/assets/a/b.jpeg?width=100&signature=nEDFR7ljM0ouN6Qc9w65Wz7hxH46eQieMVq3H2iu7_A':
    'the client signed a//b.jpeg and sent a/b.jpeg',
};

/** An expiry means nothing where nobody vouches for it. */
const expectedOf = (url: string, signed: boolean): number => {
  if (beyondAnyServer[url] !== undefined) return 403;
  const [, status, reason] = answers.find(([pattern]) => pattern.test(url)) ?? [];
  return reason === 'it expired in 2016' && !signed ? 200 : (status ?? 200);
};

const urlsOf = ({ kind, expected }: { kind: string; expected: string }): string[] =>
  kind === 'srcset' ? expected.split(',\n').map((candidate) => candidate.split(' ')[0] ?? '') : [expected];

const isSigned = (url: string): boolean => /[?&]signature=/.test(url);

// One client gave an error in place of a URL.
const unsigned = recordedUrls.vectors.flatMap(urlsOf).filter((url) => /^https?:/.test(url) && !isSigned(url));
const keyOf = new Map(
  recordedSignatures.vectors.flatMap(({ url, key }) => (url === undefined ? [] : [[url, key]])),
);

/** Every URL of both recordings, once. */
export const recorded: readonly RecordedUrl[] = [
  ...[...new Set(unsigned)].map((url) => ({ url, key: null, expected: expectedOf(url, false) })),
  ...[...keyOf].map(([url, key]) => ({ url, key, expected: expectedOf(url, true) })),
];
