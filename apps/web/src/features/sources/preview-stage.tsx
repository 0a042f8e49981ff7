import { Group, Text } from '@mantine/core';
import { useState } from 'react';
import { formatBytes } from '../../lib/format.ts';
import { PictureRefused } from '../../lib/load-picture.ts';
import { usePicture } from './use-picture.ts';

export interface PixelSize {
  width: number;
  height: number;
}

interface PreviewStageProps {
  url: string | undefined;
  alt: string;
  dpr: number;
  onSize: (size: PixelSize | null) => void;
}

const Refused = ({ error }: { error: unknown }) => (
  <div role="alert" style={{ padding: 24, maxWidth: 480, background: 'var(--wl-ground)', borderRadius: 8 }}>
    <Text fw={600}>The picture was not served</Text>
    <Text size="sm">
      {error instanceof PictureRefused
        ? `${error.status}: ${error.message}`
        : 'The images address did not answer. Is it reachable from this browser?'}
    </Text>
    <Text size="sm">Change the parameters, or check the connection of this source.</Text>
  </div>
);

/** The picture as it is served, with its pixels, bytes, format and load time. */
export const PreviewStage = ({ url, alt, dpr, onSize }: PreviewStageProps) => {
  const { loaded, error, busy } = usePicture(url);
  const [size, setSize] = useState<PixelSize | null>(null);
  const facts =
    loaded === null || size === null
      ? []
      : [
          `${size.width} × ${size.height} px`,
          formatBytes(loaded.bytes),
          loaded.contentType.replace('image/', '').split(';')[0] ?? '',
          `${Math.round(loaded.milliseconds)} ms`,
        ];
  return (
    <div>
      <div className="wl-stage" data-busy={busy || undefined} aria-busy={busy}>
        {error !== null && !busy && <Refused error={error} />}
        {loaded !== null && (
          <img
            src={loaded.objectUrl}
            alt={alt}
            style={size === null ? {} : { width: size.width / dpr }}
            onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) => {
              setSize({ width, height });
              onSize({ width, height });
            }}
          />
        )}
      </div>
      <Group gap={16} mt={8} mih={20} role="status" aria-label="Facts of the picture">
        {busy && <Text size="sm">Loading…</Text>}
        {!busy &&
          facts.map((fact) => (
            <Text key={fact} size="sm">
              {fact}
            </Text>
          ))}
      </Group>
    </div>
  );
};
