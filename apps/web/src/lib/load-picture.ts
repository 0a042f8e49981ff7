const timeoutMilliseconds = 30_000;

export interface LoadedPicture {
  objectUrl: string;
  bytes: number;
  contentType: string;
  milliseconds: number;
}

/** The images listener refused: its own words. */
export class PictureRefused extends Error {
  readonly status: number;

  constructor(status: number, reason: string) {
    super(reason);
    this.name = 'PictureRefused';
    this.status = status;
  }
}

/**
 * Fetches a picture as a visitor of another site would (no cookies), to tell its bytes and its time.
 * The caller revokes `objectUrl`.
 *
 * @throws PictureRefused with the listener's reason.
 */
export const loadPicture = async (url: string, signal: AbortSignal): Promise<LoadedPicture> => {
  const started = performance.now();
  const response = await fetch(url, {
    mode: 'cors',
    credentials: 'omit',
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMilliseconds)]),
  });
  if (!response.ok) throw new PictureRefused(response.status, (await response.text()).slice(0, 300));
  const blob = await response.blob();
  return {
    objectUrl: URL.createObjectURL(blob),
    bytes: blob.size,
    contentType: response.headers.get('content-type') ?? blob.type,
    milliseconds: performance.now() - started,
  };
};
