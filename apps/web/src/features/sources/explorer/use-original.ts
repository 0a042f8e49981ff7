import { useQuery } from '@tanstack/react-query';
import type { Source } from '@windlass/contract';
import { z } from 'zod';
import { loadPicture } from '../../../lib/load-picture.ts';
import { useTeam } from '../../teams/current-team.tsx';
import { useImageUrls } from '../use-image-urls.ts';

const dimensions = z.object({ width: z.int().positive(), height: z.int().positive() });
export type Dimensions = z.infer<typeof dimensions>;

export interface Original {
  /** Null until it is known, and where nothing tells it. */
  bytes: number | null;
  /** Upright, as regions count. */
  size: Dimensions | null;
}

/** The part of `format=json` that is read here: the original, and the picture that no parameter changes. */
const description = z.object({ original: z.object({ bytes: z.int() }), picture: dimensions });

const describe = async (url: string, signal: AbortSignal): Promise<Original> => {
  const { objectUrl, text } = await loadPicture(url, signal);
  URL.revokeObjectURL(objectUrl);
  const { original, picture } = description.parse(JSON.parse(text ?? ''));
  return { bytes: original.bytes, size: picture };
};

const unknown: Original = { bytes: null, size: null };

/** What the images listener tells of an original. A source that serves presets alone tells nothing. */
export const useOriginal = (source: Source, path: string): Original => {
  const { teamId } = useTeam();
  const [url] = useImageUrls(teamId, source, path, [{ format: 'json' }], !source.presetsOnly);
  const { data } = useQuery({
    queryKey: ['original', url],
    queryFn: ({ signal }) => describe(url ?? '', signal),
    enabled: url !== undefined && !source.presetsOnly,
    retry: false,
  });
  return data ?? unknown;
};
