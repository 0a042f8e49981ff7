import { useDebouncedValue } from '@mantine/hooks';
import { IconPhotoOff } from '@tabler/icons-react';
import type { Source } from '@windlass/contract';
import { useState } from 'react';
import { readParameters } from '../../../lib/image-parameters.ts';
import { useTeam } from '../../teams/current-team.tsx';
import { useImageUrls } from '../use-image-urls.ts';
import type { PresetRow } from './preset-rows.ts';

interface PresetThumbnailProps {
  source: Source;
  path: string | undefined;
  row: PresetRow;
  /** False while its parameters cannot be read. */
  usable: boolean;
}

/** A picture made with the parameters of a preset, as they are typed; of a source of presets, as they are saved. */
export const PresetThumbnail = ({ source, path, row, usable }: PresetThumbnailProps) => {
  const { teamId } = useTeam();
  const [query] = useDebouncedValue(row.query, 400);
  const [broken, setBroken] = useState<string | null>(null);
  const parameters = source.presetsOnly ? { preset: row.name } : readParameters(query);
  const asked = usable && path !== undefined && query !== '';
  const [url] = useImageUrls(teamId, source, path ?? '', [parameters], asked);
  return (
    <span className="wl-preset-picture">
      {asked && url !== undefined && broken !== url ? (
        <img src={url} alt={`${path} as ${row.name}`} onError={() => setBroken(url)} />
      ) : (
        <IconPhotoOff size={20} aria-hidden="true" />
      )}
    </span>
  );
};
