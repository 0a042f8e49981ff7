import { valueOr } from '../plan/parameter-defaults.ts';
import { blurred } from './gaussian-blur.ts';
import type { Operation } from './operation.ts';

/** `blur` is the standard deviation in pixels of the result, as in CSS. */
export const blur: Operation = {
  name: 'blur',
  order: 70,
  parameters: ['blur'],
  applies: ({ values }) => valueOr(values, 'blur') > 0,
  apply: (picture, { plan }) => blurred(picture, valueOr(plan.values, 'blur')),
};
