import type { RenderFailure } from './render-error.ts';

/** Makes predictions truer while jobs run: each class of jobs has a factor of its own. */
export interface CostCorrection {
  corrected(costClass: string, predictedMilliseconds: number): number;
  /** @param predictedMilliseconds as the tables said, before correction */
  learn(costClass: string, predictedMilliseconds: number, actualMilliseconds: number): void;
}

/**
 * Whether a job that failed tells what its class takes. One that is refused by its header says nothing about those that
 * are rendered; one that took longer than was predicted before it failed does. Of a child that died nobody knows.
 */
export const teaches = (reason: RenderFailure, predicted: number, actual: number): boolean => {
  switch (reason) {
    case 'deadline':
      return true;
    case 'not-an-image':
    case 'too-large':
    case 'bad-value':
      return actual > predicted;
    case 'busy':
    case 'crashed':
    case 'aborted':
      return false;
  }
};

/** One odd picture moves its class by a fifth of its error. */
const weight = 0.2;
/** Tables are not off by more; beyond it, it was the picture. */
const bounds = { least: 0.1, most: 10 };

const clamp = (factor: number): number => Math.min(bounds.most, Math.max(bounds.least, factor));

/**
 * An exponentially weighted mean of actual over predicted, kept in logarithms, so that twice as long and half as long
 * weigh the same.
 *
 * @example
 * correction.learn('png>webp/plain', 100, 200);
 * correction.corrected('png>webp/plain', 50); // 57, and after many such jobs 100
 */
export const createCostCorrection = (): CostCorrection => {
  const logs = new Map<string, number>();
  return {
    corrected: (costClass, milliseconds) => milliseconds * Math.exp(logs.get(costClass) ?? 0),
    learn: (costClass, predicted, actual) => {
      const error = Math.log(clamp(actual / predicted));
      const before = logs.get(costClass) ?? 0;
      logs.set(costClass, before + weight * (error - before));
    },
  };
};
