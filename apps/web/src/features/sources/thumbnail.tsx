import { useInViewport } from '@mantine/hooks';
import { IconPhotoOff } from '@tabler/icons-react';
import type { Source, SourceObject } from '@windlass/contract';
import { useState } from 'react';
import { useTeam } from '../teams/current-team.tsx';
import { thumbnailParameters } from './allowed-parameters.ts';
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
  const plans = thumbnailParameters(source, width, height);
  const [once, twice] = useImageUrls(teamId, source, object.path, plans, seen);
  return (
    <span ref={ref} style={{ display: 'block', width: '100%', height: '100%' }}>
      {(broken || plans.length === 0) && (
        <span className="wl-picture-broken">
          <IconPhotoOff
            size={20}
            role="img"
            aria-label={
              broken ? `${object.path} cannot be shown` : `${object.path}: no preset to show it with`
            }
          />
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
