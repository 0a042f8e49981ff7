import type { Face } from '../faces/face.ts';
import type { Size } from '../plan/geometry.ts';

/** In pixels of the picture, whole numbers, inside it. */
export interface Area extends Size {
  left: number;
  top: number;
}

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The box around all faces, or around one, counted from 1; null where it is not there. In parts of the picture. */
const boxAround = (faces: readonly Face[], number: number | undefined): Box | null => {
  const chosen = number === undefined ? faces : faces.slice(number - 1, number);
  if (chosen.length === 0) return null;
  return {
    left: Math.min(...chosen.map(({ x }) => x)),
    top: Math.min(...chosen.map(({ y }) => y)),
    right: Math.max(...chosen.map(({ x, width }) => x + width)),
    bottom: Math.max(...chosen.map(({ y, height }) => y + height)),
  };
};

/** The middle of the faces, in parts of the picture (0 to 1). Null: there is no such face. */
export const faceCenter = (
  faces: readonly Face[],
  number: number | undefined,
): { x: number; y: number } | null => {
  const box = boxAround(faces, number);
  return box === null ? null : { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
};

export interface AreaWishes {
  /** Which face; undefined: all of them. */
  number: number | undefined;
  /** 1: the faces alone, 2: twice as wide and high. */
  padding: number;
  /** Width by height that the area must have; null: as it comes. */
  ratio: number | null;
}

/** Where a side begins whose middle is at a part of the whole, moved inside. */
const place = (middle: number, side: number, whole: number): number =>
  Math.round(Math.min(whole - side, Math.max(0, middle * whole - side / 2)));

/**
 * What `mode=face` keeps: the faces in the middle, widened by the padding and then to the ratio, moved and at last
 * shrunk into the picture.
 */
export const faceArea = (faces: readonly Face[], picture: Size, wishes: AreaWishes): Area | null => {
  const box = boxAround(faces, wishes.number);
  if (box === null) return null;
  let width = Math.max(1, (box.right - box.left) * picture.width * wishes.padding);
  let height = Math.max(1, (box.bottom - box.top) * picture.height * wishes.padding);
  if (wishes.ratio !== null) {
    width = Math.max(width, height * wishes.ratio);
    height = width / wishes.ratio;
    const shrink = Math.min(1, picture.width / width, picture.height / height);
    width *= shrink;
    height *= shrink;
  }
  const size = {
    width: Math.max(1, Math.min(picture.width, Math.round(width))),
    height: Math.max(1, Math.min(picture.height, Math.round(height))),
  };
  return {
    left: place((box.left + box.right) / 2, size.width, picture.width),
    top: place((box.top + box.bottom) / 2, size.height, picture.height),
    ...size,
  };
};
