import { BadValue } from '../bad-value.ts';

export const horizontalPositions = ['left', 'center', 'right'] as const;
export const verticalPositions = ['top', 'middle', 'bottom'] as const;

/** A place in a box, one word an axis. */
export interface Position {
  horizontal: (typeof horizontalPositions)[number];
  vertical: (typeof verticalPositions)[number];
}

/**
 * Takes one word, whose other axis is the middle, or one word an axis in either order: `left,top` is `top,left`.
 *
 * @throws BadValue for another word, and for two words of one axis
 */
export const parsePosition = (name: string, text: string, others: readonly string[] = []): Position => {
  const words = text.toLowerCase().split(',');
  const horizontal = horizontalPositions.find((word) => words.includes(word));
  const vertical = verticalPositions.find((word) => words.includes(word));
  const known = [horizontal, vertical].filter((word) => word !== undefined).length;
  if (known === 0 || known !== words.length) {
    const also = others.length === 0 ? '' : `, or ${others.join(', ')}`;
    throw new BadValue(
      name,
      `takes left, center or right with top, middle or bottom, e.g. left,top, or one of them${also}`,
    );
  }
  return { horizontal: horizontal ?? 'center', vertical: vertical ?? 'middle' };
};

export const printPosition = ({ horizontal, vertical }: Position): string => `${horizontal},${vertical}`;

/** Every position in the spelling of a canonical plan, for forms. */
export const positionChoices: readonly string[] = verticalPositions.flatMap((vertical) =>
  horizontalPositions.map((horizontal) => printPosition({ horizontal, vertical })),
);
