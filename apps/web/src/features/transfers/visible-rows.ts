interface Scrolled {
  /** Pixels above the upper edge of the window. */
  top: number;
  /** Of the window. */
  height: number;
  rowHeight: number;
  count: number;
  /** Rows kept beyond either edge, so that a fast flick meets no gap. */
  beyond?: number;
}

/**
 * Which rows of a long list are to be drawn, all being equally high: from `first` up to `last`, not included.
 *
 * @example visibleRows({ top: 400, height: 200, rowHeight: 40, count: 1000, beyond: 2 }) // { first: 8, last: 17 }
 */
export const visibleRows = ({ top, height, rowHeight, count, beyond = 6 }: Scrolled) => {
  const first = Math.min(count, Math.max(0, Math.floor(top / rowHeight) - beyond));
  const last = Math.min(count, Math.ceil((top + height) / rowHeight) + beyond);
  return { first, last: Math.max(first, last) };
};
