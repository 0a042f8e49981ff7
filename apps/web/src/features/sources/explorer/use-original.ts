import { useQuery } from '@tanstack/react-query';
import { listSourceObjects, type Source } from '@windlass/contract';
import { z } from 'zod';
import { call } from '../../../lib/api.ts';
import { loadPicture } from '../../../lib/load-picture.ts';
import { useTeam } from '../../teams/current-team.tsx';
import { useImageUrls } from '../use-image-urls.ts';

const dimensions = z.object({ width: z.int().positive(), height: z.int().positive() });
export type Dimensions = z.infer<typeof dimensions>;

export interface Original {
  /** Null until it is known, and where nothing tells it. */
  bytes: number | null;
  size: Dimensions | null;
}

/** Asks what `format=json` tells of a picture. */
const readDimensions = async (url: string, signal: AbortSignal): Promise<Dimensions> => {
  const { objectUrl, text } = await loadPicture(url, signal);
  URL.revokeObjectURL(objectUrl);
  return dimensions.parse(JSON.parse(text ?? ''));
};

/** Bytes of the original, as the bucket lists it, and its upright pixels, as the images listener tells them. */
export const useOriginal = (source: Source, path: string): Original => {
  const { teamId } = useTeam();
  const bytes = useQuery({
    queryKey: ['source-object', teamId, source.id, path],
    queryFn: async ({ signal }) => {
      const params = { teamId, sourceId: source.id };
      const { items } = await call(listSourceObjects, { params, query: { prefix: path, limit: 1 }, signal });
      return items.find((item) => item.path === path)?.size ?? null;
    },
    enabled: source.kind === 'connection',
  });
  const [url] = useImageUrls(teamId, source, path, [{ format: 'json' }], !source.presetsOnly);
  const size = useQuery({
    queryKey: ['original-size', url],
    queryFn: ({ signal }) => readDimensions(url ?? '', signal),
    enabled: url !== undefined && !source.presetsOnly,
    retry: false,
  });
  return { bytes: bytes.data ?? null, size: size.data ?? null };
};
