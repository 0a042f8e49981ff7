import { useQueries } from '@tanstack/react-query';
import type { Source } from '@windlass/contract';
import type { ImageParameters } from '../../lib/image-parameters.ts';
import { publicImageUrl } from '../../lib/image-url.ts';
import { imageUrlQuery } from './queries.ts';

/**
 * URLs of one picture with several sets of parameters. A public source's are built here; a secured one's come
 * signed from the server. `undefined` while one is not there yet.
 */
export const useImageUrls = (
  teamId: string,
  source: Pick<Source, 'id' | 'baseUrl' | 'hostUrl' | 'secured'>,
  path: string,
  plans: readonly ImageParameters[],
  enabled = true,
): readonly (string | undefined)[] => {
  const signed = useQueries({
    queries: source.secured
      ? plans.map((plan) => ({ ...imageUrlQuery(teamId, source.id, path, plan), enabled }))
      : [],
  });
  if (source.secured)
    return signed.map(({ data, isPlaceholderData }) => (isPlaceholderData ? undefined : data?.url));
  return plans.map((plan) => publicImageUrl(source.baseUrl, path, plan));
};
