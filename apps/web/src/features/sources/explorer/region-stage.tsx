import { useState, type PointerEvent } from 'react';
import { parseRegionText, regionBetween, regionText, type Point } from './region.ts';
import type { Dimensions } from './use-original.ts';

interface RegionStageProps {
  /** Object URL of the whole original, at any size. */
  url: string;
  alt: string;
  size: Dimensions;
  region: string;
  onRegion: (region: string) => void;
}

const pointOf = (event: PointerEvent<HTMLElement>): Point => {
  const box = event.currentTarget.getBoundingClientRect();
  return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
};

const percent = (part: number, whole: number): string => `${(part / whole) * 100}%`;

/** The original, to draw the region on; the parameter's own field does the same by keyboard. */
export const RegionStage = ({ url, alt, size, region, onRegion }: RegionStageProps) => {
  const [from, setFrom] = useState<Point | null>(null);
  const [to, setTo] = useState<Point | null>(null);
  const dragged = from === null || to === null ? null : regionBetween(from, to, size);
  const shown = dragged ?? parseRegionText(region);
  const leave = () => {
    setFrom(null);
    setTo(null);
  };
  return (
    <div
      className="wl-region"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setFrom(pointOf(event));
      }}
      onPointerMove={(event) => from !== null && setTo(pointOf(event))}
      onPointerUp={() => {
        if (dragged !== null) onRegion(regionText(dragged));
        leave();
      }}
      onPointerCancel={leave}
    >
      <img src={url} alt={alt} draggable={false} />
      {shown !== null && (
        <span
          className="wl-region-frame"
          style={{
            left: percent(Math.min(shown.x, size.width), size.width),
            top: percent(Math.min(shown.y, size.height), size.height),
            width: percent(Math.min(shown.width, size.width - shown.x), size.width),
            height: percent(Math.min(shown.height, size.height - shown.y), size.height),
          }}
        />
      )}
    </div>
  );
};
