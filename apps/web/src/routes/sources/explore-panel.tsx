import { Stack } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { Source } from '@windlass/contract';
import { firstParameters } from '../../features/sources/allowed-parameters.ts';
import { Explorer } from '../../features/sources/explorer/explorer.tsx';
import { FirstPicture } from '../../features/sources/first-picture.tsx';
import { PicturePicker } from '../../features/sources/picture-picker.tsx';
import { WebPath } from '../../features/sources/web-path.tsx';
import { writeParameters } from '../../lib/image-parameters.ts';

const route = getRouteApi('/app/sources/$sourceId');

interface ExplorePanelProps {
  source: Source;
  etag: string | null;
  mayWrite: boolean;
}

/** Choose a picture, change its parameters, take its URL: all of it in the page's address. */
export const ExplorePanel = ({ source, etag, mayWrite }: ExplorePanelProps) => {
  const { path, below = '', q } = route.useSearch();
  const navigate = useNavigate({ from: '/sources/$sourceId' });
  const choose = (chosen: string, replace: boolean) =>
    void navigate({ search: (old) => ({ ...old, path: chosen }), replace });
  return (
    <Stack gap={32}>
      {source.kind === 'web' ? (
        <WebPath source={source} chosen={path} onChoose={(chosen) => choose(chosen, path === undefined)} />
      ) : (
        <PicturePicker
          source={source}
          below={below}
          chosen={path}
          onBelow={(prefix) =>
            void navigate({
              search: (old) => ({ ...old, below: prefix === '' ? undefined : prefix }),
              replace: true,
            })
          }
          onChoose={(chosen) => choose(chosen, path === undefined)}
        />
      )}
      {path === undefined && source.kind === 'connection' && (
        <FirstPicture source={source} below={below} onFound={(found) => choose(found, true)} />
      )}
      {path !== undefined && (
        <Explorer
          source={source}
          etag={etag}
          mayWrite={mayWrite}
          path={path}
          query={q ?? writeParameters(firstParameters(source))}
          onQuery={(query) =>
            void navigate({ search: (old) => ({ ...old, q: query }), replace: true, resetScroll: false })
          }
        />
      )}
    </Stack>
  );
};
