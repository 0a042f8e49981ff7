import { UsageError } from '../usage-error.ts';
import type { Api } from './call-api.ts';

/**
 * The server that `--url` names and the key of the environment.
 *
 * @param scopes what the key must be allowed, for the person who has none
 * @throws UsageError
 */
export const apiFrom = (url: string, key: string | undefined, scopes: string): Api => {
  if (key === undefined || key === '')
    throw new UsageError(`set WINDLASS_API_KEY to an API key with the scopes ${scopes}`);
  // What no header can carry would be told as a server that does not answer.
  if (!/^[\x21-\x7e]+$/.test(key))
    throw new UsageError(
      'WINDLASS_API_KEY holds a space, a line break or another character that no API key has: copy the key anew',
    );
  return { url: requireServer(url), key };
};

/** @throws UsageError */
export const requireServer = (url: string): string => {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new UsageError(`--url takes an http or https address, not ${url}`);
  return url;
};
