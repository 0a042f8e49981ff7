import { studioPartSchema, type StudioPart } from './studio-state.ts';

const name = 's';
/** Says how the rest is packed, for the day when it is packed in another way. */
const version = '1.';
/** A link of a few kilobytes may unpack to gigabytes; nothing that the studio takes does. */
const longestUnpackedBytes = 2_000_000;

/** A link whose content cannot be read. */
export class SharedLinkError extends Error {
  override name = 'SharedLinkError';
}

/**
 * The fragment of an address that holds a view: JSON, deflated (RFC 1951), in base64url (RFC 4648, 5). A browser sends
 * no fragment to a server (RFC 9110, 7.1), so what is shared goes to whom the link is given and to nobody else.
 *
 * @example `${location.origin}/studio#${await toFragment({ view: 'check', state })}`
 */
export const toFragment = async (part: StudioPart): Promise<string> => {
  const packed = new Blob([JSON.stringify(part)]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return `${name}=${version}${toBase64Url(new Uint8Array(await new Response(packed).arrayBuffer()))}`;
};

/**
 * What a fragment holds; null where it is none of ours.
 *
 * @throws SharedLinkError when the link was cut off, is of a newer kind, or holds something else.
 */
export const fromFragment = async (fragment: string): Promise<StudioPart | null> => {
  const value = new URLSearchParams(fragment.replace(/^#/, '')).get(name);
  if (value === null) return null;
  if (!value.startsWith(version))
    throw new SharedLinkError('This link is of a kind that the page does not know.');
  try {
    const packed = new Blob([fromBase64Url(value.slice(version.length))]).stream();
    const json = await readText(packed.pipeThrough(new DecompressionStream('deflate-raw')));
    return studioPartSchema.parse(JSON.parse(json));
  } catch (error) {
    throw new SharedLinkError('This link is cut off or changed: what it holds cannot be read.', {
      cause: error,
    });
  }
};

const readText = async (stream: ReadableStream<Uint8Array>): Promise<string> => {
  const reader = stream.getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > longestUnpackedBytes) {
      await reader.cancel();
      throw new RangeError('it unpacks to more than the studio takes');
    }
    text += decoder.decode(value, { stream: true });
  }
};

const toBase64Url = (bytes: Uint8Array): string => {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
};

/** @throws DOMException for characters that base64url does not have. */
const fromBase64Url = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
    character.charCodeAt(0),
  );
