import type { Cost } from './cost.ts';

/** Cheap jobs never wait for heavy ones: a thumbnail is done in the time that an AVIF takes to find its palette. */
export const lanes = ['cheap', 'heavy'] as const;
export type Lane = (typeof lanes)[number];

const cheapMilliseconds = 80;
/** What cheap jobs hold is not counted against the memory of the pool, so it must be little. */
const cheapBytes = 64 * 1024 * 1024;

export const laneOf = ({ milliseconds, bytes }: Pick<Cost, 'milliseconds' | 'bytes'>): Lane =>
  milliseconds < cheapMilliseconds && bytes < cheapBytes ? 'cheap' : 'heavy';
