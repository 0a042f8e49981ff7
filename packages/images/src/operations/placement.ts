import type { Position } from '../parameters/position.ts';
import type { Size } from '../plan/geometry.ts';

/** Upper left corner of one picture in another, in pixels; may lie outside it. */
export interface Corner {
  left: number;
  top: number;
}

/** The largest size of the picture's ratio inside a box; beyond its own size only where it may be enlarged. */
export const fitInside = (picture: Size, box: Size, enlarge: boolean): Size => {
  const scale = Math.min(enlarge ? Infinity : 1, box.width / picture.width, box.height / picture.height);
  return {
    width: Math.max(1, Math.min(box.width, Math.round(picture.width * scale))),
    height: Math.max(1, Math.min(box.height, Math.round(picture.height * scale))),
  };
};

const share = { left: 0, top: 0, center: 0.5, middle: 0.5, right: 1, bottom: 1 } as const;

/** Where a picture lies in a box; negative where it is larger than the box. */
export const placeAt = (position: Position, box: Size, picture: Size): Corner => ({
  left: Math.floor((box.width - picture.width) * share[position.horizontal]),
  top: Math.floor((box.height - picture.height) * share[position.vertical]),
});

/** How far the edges of a centred picture are from those of its box. */
export const edgesAround = (picture: Size, box: Size) => {
  const { left, top } = placeAt({ horizontal: 'center', vertical: 'middle' }, box, picture);
  return { left, top, right: box.width - picture.width - left, bottom: box.height - picture.height - top };
};
