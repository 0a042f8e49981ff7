import { useInViewport } from '@mantine/hooks';
import { IconPhotoOff } from '@tabler/icons-react';
import type { Source, SourceObject } from '@windlass/contract';
import { useState } from 'react';
import { useTeam } from '../teams/current-team.tsx';
import { useImageUrls } from './use-image-urls.ts';

interface ThumbnailProps {
  source: Source;
  object: SourceObject;
  /** Width of the box in CSS pixels. */
  width: number;
  height: number;
}

/** A small picture through the images listener, at one and two device pixels; fetched when it comes into view. */
export const Thumbnail = ({ source, object, width, height }: ThumbnailProps) => {
  const { teamId } = useTeam();
  const { ref, inViewport } = useInViewport<HTMLSpanElement>();
  const [seen, setSeen] = useState(false);
  const [broken, setBroken] = useState(false);
  if (inViewport && !seen) setSeen(true);
  const plan = { width: String(width), height: String(height), mode: 'crop', format: 'webp', quality: '75' };
  const [once, twice] = useImageUrls(teamId, source, object.path, [plan, { ...plan, dpr: '2' }], seen);
  return (
    <span ref={ref} style={{ display: 'block', width: '100%', height: '100%' }}>
      {broken && (
        <span className="wl-picture-broken">
          <IconPhotoOff size={20} aria-label="This picture cannot be shown" />
        </span>
      )}
      {seen && !broken && once !== undefined && (
        <img
          src={once}
          {...(twice === undefined ? {} : { srcSet: `${once} 1x, ${twice} 2x` })}
          alt={object.path}
          width={width}
          height={height}
          loading="lazy"
          decoding="async"
          onError={() => setBroken(true)}
        />
      )}
    </span>
  );
};
