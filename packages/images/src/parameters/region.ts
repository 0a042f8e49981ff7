import { BadValue } from '../bad-value.ts';

/** A rectangle in pixels from the upper left corner; whole numbers. */
export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

const regionParts = /^(\d{1,6}),(\d{1,6}),(\d{1,6}),(\d{1,6})$/;

/** Takes `x,y,width,height`. Whether it meets the picture shows when the picture's size is known. */
export const parseRegion = (name: string, text: string): Rectangle => {
  const [x = 0, y = 0, width = 0, height = 0] = (regionParts.exec(text) ?? []).slice(1).map(Number);
  if (width === 0 || height === 0) {
    throw new BadValue(
      name,
      'takes x,y,width,height in whole pixels, width and height from 1, e.g. 0,50,400,300',
    );
  }
  return { x, y, width, height };
};

export const printRegion = ({ x, y, width, height }: Rectangle): string => [x, y, width, height].join(',');
