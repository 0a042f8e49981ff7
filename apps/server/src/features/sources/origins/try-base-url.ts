import { AppError } from '../../../kernel/app-error.ts';
import { describeTrouble, type EndpointGuard, type GuardedFetch } from '../../../platform/net/index.ts';
import { cdnLoopOf } from './cdn-loop.ts';

const tryMilliseconds = 5000;
const path = 'webBaseUrl';

interface Warning {
  path: string;
  message: string;
}

/**
 * For the moment of saving. A folder that may not be reached is refused; one that does not answer just now is told as a
 * warning and saved all the same: its server may come later than the source, and pictures say themselves what is wrong.
 *
 * @throws AppError endpointRefused for a private address, for plain http, and for the image server itself
 */
export const tryBaseUrl = async (
  baseUrl: string,
  {
    guard,
    fetch,
    images: { imagesUrl, imagesHost },
  }: {
    guard: Pick<EndpointGuard, 'inspect'>;
    fetch: Pick<GuardedFetch, 'send'>;
    images: { imagesUrl: string; imagesHost: string | null };
  },
): Promise<Warning[]> => {
  const url = new URL(baseUrl);
  if (url.host === new URL(imagesUrl).host || isBelow(url.hostname, imagesHost)) {
    throw refused('The address is this image server itself.');
  }
  try {
    await guard.inspect(url.origin, { requireTls: true });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw refused(error.message, error);
  }
  try {
    const { status, body } = await fetch.send(url, {
      method: 'HEAD',
      headers: { 'user-agent': 'Windlass (image server)', 'cdn-loop': cdnLoopOf(imagesUrl) },
      signal: AbortSignal.timeout(tryMilliseconds),
    });
    body.destroy();
    // A folder that shows no list of itself answers 403 or 404, and its pictures are there.
    return status < 500 ? [] : [{ path, message: `The server answered ${status} just now.` }];
  } catch (error) {
    return [{ path, message: describeTrouble(error, `server ${url.host}`) }];
  }
};

const isBelow = (host: string, imagesHost: string | null): boolean =>
  imagesHost !== null && (host === imagesHost || host.endsWith(`.${imagesHost}`));

const refused = (message: string, cause?: unknown): AppError =>
  new AppError('endpointRefused', message, { cause, errors: [{ path, message }] });
