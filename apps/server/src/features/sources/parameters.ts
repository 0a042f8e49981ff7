import { BadValue, parsePlan, type PlanSettings } from '@windlass/images';
import type { SourceSettings } from '@windlass/contract';
import { AppError } from '../../kernel/app-error.ts';

/** What of a source decides how a query becomes a plan. */
export type ParameterSettings = Pick<
  SourceSettings,
  'defaultParameters' | 'presets' | 'presetsOnly' | 'allowedSizes' | 'autoFormats'
> & { limits: { maxOutputSide: number } };

/** The same as the image server reads it. */
export const planSettingsOf = (source: ParameterSettings): PlanSettings => ({
  defaults: source.defaultParameters,
  presets: source.presets,
  presetsOnly: source.presetsOnly,
  allowedSizes: source.allowedSizes,
  autoFormats: source.autoFormats,
  maxSide: source.limits.maxOutputSide,
});

/**
 * Reads a query as the image server would.
 *
 * @param field of the request that the query came from
 * @throws AppError invalidRequest that names the field and the parameter
 */
export const requireParameters = (rawQuery: string, source: ParameterSettings, field: string): void => {
  try {
    parsePlan(rawQuery, planSettingsOf(source));
  } catch (error) {
    if (!(error instanceof BadValue)) throw error;
    throw new AppError('invalidRequest', `${error.message}.`, {
      cause: error,
      errors: [{ path: field, message: error.message }],
    });
  }
};
