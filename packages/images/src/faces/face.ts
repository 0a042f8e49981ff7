/** A face in an upright picture, as parts of its width and height (0 to 1), largest first. */
export interface Face {
  x: number;
  y: number;
  width: number;
  height: number;
  /** 0 to 1. */
  score: number;
}
