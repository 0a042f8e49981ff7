import type { Dimensions } from './use-original.ts';

/** A rectangle in pixels of the upright original. */
export interface Region {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A point on the shown picture, from 0 to 1 on each axis. */
export interface Point {
  x: number;
  y: number;
}

const clamp = (value: number): number => Math.min(1, Math.max(0, value));

/** First pixel and number of pixels between two places on one axis. */
const span = (first: number, second: number, size: number): readonly [number, number] => {
  const from = Math.min(Math.floor(clamp(Math.min(first, second)) * size), size - 1);
  const to = Math.ceil(clamp(Math.max(first, second)) * size);
  return [from, Math.max(1, to - from)];
};

/** The rectangle between two points, wherever they lie; at least one pixel and never beyond the picture. */
export const regionBetween = (a: Point, b: Point, { width, height }: Dimensions): Region => {
  const [x, across] = span(a.x, b.x, width);
  const [y, down] = span(a.y, b.y, height);
  return { x, y, width: across, height: down };
};

export const regionText = ({ x, y, width, height }: Region): string => [x, y, width, height].join(',');

/** Reads the parameter `region`; null for what is none. */
export const parseRegionText = (text: string): Region | null => {
  const parts = /^(\d{1,6}),(\d{1,6}),(\d{1,6}),(\d{1,6})$/.exec(text)?.slice(1).map(Number);
  if (parts === undefined) return null;
  const [x = 0, y = 0, width = 0, height = 0] = parts;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
};
