import { expect, it } from 'vitest';
import { pictureParameterNames } from '../parameters/parameters.ts';
import { operations } from './operations.ts';

/** What the opener and the encoders read. */
const elsewhere = [
  'orientation',
  'page',
  'format',
  'quality',
  'subsample',
  'interlace',
  'quantise',
  'lossless',
  'blurhash',
] as const;

it('reads every parameter of a picture in one operation, the opener or the output', () => {
  const read = [...elsewhere, ...operations.flatMap(({ parameters }) => parameters)];
  expect(read.toSorted()).toEqual([...pictureParameterNames].toSorted());
});

it('runs operations in ascending order, each at a place and under a name of its own', () => {
  const orders = operations.map(({ order }) => order);
  expect(orders).toEqual([...new Set(orders)].toSorted((a, b) => a - b));
  expect(new Set(operations.map(({ name }) => name)).size).toBe(operations.length);
});
