import { Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { Source } from '@windlass/contract';
import { useState } from 'react';
import { imageParameters, noControls, type ImageControls } from '../../lib/image-url.ts';
import { useTeam } from '../teams/current-team.tsx';
import { PreviewCode } from './preview-code.tsx';
import { PreviewControls } from './preview-controls.tsx';
import { PreviewStage, type PixelSize } from './preview-stage.tsx';
import { useImageUrls } from './use-image-urls.ts';

/** Parameters change, the picture follows: what the URL grammar does, seen at once. */
export const Preview = ({ source, path }: { source: Source; path: string }) => {
  const { teamId } = useTeam();
  const [controls, setControls] = useState<ImageControls>({ ...noControls, width: 600 });
  const [settled] = useDebouncedValue(controls, 250);
  const [size, setSize] = useState<PixelSize | null>(null);
  const parameters = imageParameters(settled);
  const [url] = useImageUrls(teamId, source, path, [parameters]);
  return (
    <div className="wl-preview">
      <Stack className="wl-preview-stage" gap={16} miw={0}>
        <Text className="wl-mono">{path}</Text>
        <PreviewStage url={url} alt={path} dpr={settled.dpr} onSize={setSize} />
      </Stack>
      <div className="wl-card wl-preview-controls">
        <PreviewControls controls={controls} onChange={setControls} />
      </div>
      <div className="wl-preview-code">
        {url !== undefined && (
          <PreviewCode
            source={source}
            path={path}
            parameters={parameters}
            url={url}
            size={size}
            dpr={settled.dpr}
          />
        )}
      </div>
    </div>
  );
};
